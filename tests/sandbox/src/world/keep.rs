//! The state as a file: written when the sandbox stops, loaded when it starts. Sessions and the web page's
//! stream are not kept; interactions are, since their buttons live on.

use super::model::{Channel, Guild, Interaction, Message, User};
use super::{Application, World};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

const FILE: &str = "sandbox.json";
/// Folder of the attachments' bytes, a file each, by id.
const FILES: &str = "files";

#[derive(Serialize, Deserialize)]
struct Kept {
    version: u32,
    last_id: u64,
    users: BTreeMap<u64, User>,
    guilds: BTreeMap<u64, Guild>,
    channels: BTreeMap<u64, Channel>,
    messages: BTreeMap<u64, BTreeMap<u64, Message>>,
    application: Application,
    interactions: BTreeMap<u64, Interaction>,
}

/// Writes the state into a folder. A crash leaves either the old file or the new one.
pub(crate) fn save(world: &World, folder: &Path) -> io::Result<()> {
    let files = folder.join(FILES);
    fs::create_dir_all(&files)?;
    for (id, bytes) in &world.files {
        let path = files.join(id.to_string());
        if !path.exists() {
            fs::write(path, bytes)?;
        }
    }
    let kept = Kept {
        version: 1,
        last_id: world.last_id(),
        users: world.users.clone(),
        guilds: world.guilds.clone(),
        channels: world.channels.clone(),
        messages: world.messages.clone(),
        application: world.application.clone(),
        interactions: world.interactions.clone(),
    };
    let fresh = folder.join(format!("{FILE}.new"));
    let mut file = fs::File::create(&fresh)?;
    file.write_all(&serde_json::to_vec(&kept)?)?;
    file.sync_all()?;
    fs::rename(&fresh, folder.join(FILE))
}

/// Loads what was kept. `false` when there is nothing yet; an unreadable file is an error.
pub(crate) fn load(world: &mut World, folder: &Path) -> io::Result<bool> {
    let bytes = match fs::read(folder.join(FILE)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let kept: Kept = serde_json::from_slice(&bytes)?;
    if kept.version != 1 {
        let words = format!("{} has version {}, this sandbox reads version 1", FILE, kept.version);
        return Err(io::Error::new(io::ErrorKind::InvalidData, words));
    }
    world.raise_last_id(kept.last_id);
    world.users = kept.users;
    world.guilds = kept.guilds;
    world.channels = kept.channels;
    world.messages = kept.messages;
    world.application = kept.application;
    world.interactions = kept.interactions;
    world.recall_nonces();
    let attached: Vec<u64> = world
        .messages
        .values()
        .flat_map(BTreeMap::values)
        .flat_map(|m| &m.attachments)
        .map(|file| file.id)
        .collect();
    for id in attached {
        let bytes = fs::read(folder.join(FILES).join(id.to_string()))?;
        world.files.insert(id, bytes.into());
    }
    Ok(true)
}
