//! `DATABASE_URL` → the path of a file.

use std::path::PathBuf;

/// Why an address names no file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// Empty.
    #[error("DATABASE_URL is empty: give a file, such as sqlite://daesa.db")]
    Empty,
    /// A database that lives in memory would break every promise at the first restart.
    #[error("DATABASE_URL names a database in memory: the store has to be a file, such as sqlite://daesa.db")]
    Memory,
    /// Another kind of database.
    #[error("DATABASE_URL begins with {0}: only SQLite files can be used, such as sqlite://daesa.db")]
    Scheme(String),
    /// The text after a `%` is no byte, or the bytes are no text.
    #[error("DATABASE_URL has a % that is not followed by two hexadecimal digits of UTF-8 text")]
    Encoding,
}

/// The file that an address names: `sqlite://daesa.db`, `sqlite:///srv/daesa.db`, `sqlite:daesa.db` or a plain
/// path. What follows a `?` in an address is ignored: this program decides how the file is opened.
///
/// # Errors
/// When it names no file.
pub fn file_of(address: &str) -> Result<PathBuf, BadAddress> {
    let address = address.trim();
    let Some(rest) = address.strip_prefix("sqlite:") else {
        return match address.split_once("://") {
            Some((scheme, _)) => Err(BadAddress::Scheme(format!("{scheme}://"))),
            None => checked(address.to_owned()),
        };
    };
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let rest = rest.split_once('?').map_or(rest, |(path, _)| path);
    checked(decoded(rest)?)
}

fn checked(path: String) -> Result<PathBuf, BadAddress> {
    match path.as_str() {
        "" => Err(BadAddress::Empty),
        ":memory:" => Err(BadAddress::Memory),
        _ => Ok(PathBuf::from(path)),
    }
}

fn decoded(text: &str) -> Result<String, BadAddress> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || {
            rest.next()
                .and_then(|b| char::from(b).to_digit(16))
                .and_then(|d| u8::try_from(d).ok())
        };
        match (digit(), digit()) {
            (Some(high), Some(low)) => bytes.push(high << 4 | low),
            _ => return Err(BadAddress::Encoding),
        }
    }
    String::from_utf8(bytes).map_err(|_| BadAddress::Encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_paths() {
        for (address, file) in [
            ("sqlite://daesa.db", "daesa.db"),
            ("sqlite:daesa.db", "daesa.db"),
            ("sqlite:///srv/daesa.db?mode=rwc", "/srv/daesa.db"),
            ("  /srv/with space.db ", "/srv/with space.db"),
            ("sqlite://with%20space.db", "with space.db"),
            ("100%.db", "100%.db"),
        ] {
            assert_eq!(file_of(address), Ok(PathBuf::from(file)), "{address}");
        }
    }

    #[test]
    fn what_is_no_file_is_refused() {
        assert_eq!(file_of(" "), Err(BadAddress::Empty));
        assert_eq!(file_of("sqlite://"), Err(BadAddress::Empty));
        assert_eq!(file_of("sqlite::memory:"), Err(BadAddress::Memory));
        assert_eq!(file_of(":memory:"), Err(BadAddress::Memory));
        assert_eq!(
            file_of("postgres://host/db"),
            Err(BadAddress::Scheme("postgres://".to_owned()))
        );
        for broken in ["sqlite://a%2", "sqlite://a%zz", "sqlite://a%ff", "sqlite://a%+1"] {
            assert_eq!(file_of(broken), Err(BadAddress::Encoding), "{broken}");
        }
    }
}
