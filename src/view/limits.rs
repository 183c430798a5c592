//! Discord's limits of a message (“Create Message”, “Embed Limits”, “Component Reference”): the last
//! look at a card before it leaves `view`. What makes cards keeps them by itself; this holds even if
//! it does not, so that a story is never lost to a refused request.

use super::{
    card::{Button, Card, Embed, Menu, Offers},
    cut::{cut, fits, length},
};

const CONTENT: usize = 2000;
const EMBEDS: usize = 10;
const TOGETHER: usize = 6000;
const TITLE: usize = 256;
/// Longest description, 4,096 less what keeps a card readable in one look.
pub(super) const DESCRIPTION: usize = 4000;
const FIELDS: usize = 25;
const NAME: usize = 256;
const VALUE: usize = 1024;
const FOOTER: usize = 2048;
const ROWS: usize = 5;
const ROW: usize = 5;
const LABEL: usize = 80;
const URL: usize = 512;
const ID: usize = 100;
const PLACEHOLDER: usize = 150;
const OFFERS: usize = 25;
const OFFER: usize = 100;
const ALTERNATIVE: usize = 1024;
const FILE: usize = 10 << 20;

/// The card within the limits: what is too long is cut, what is too much is left out.
pub(super) fn bounded(mut card: Card) -> Card {
    card.content = cut(&card.content, CONTENT);
    if let Some(file) = &mut card.attachment {
        file.description = cut(file.description.trim(), ALTERNATIVE);
    }
    card.embeds.truncate(EMBEDS);
    let mut room = TOGETHER;
    for embed in &mut card.embeds {
        shorten(embed, &mut room);
    }
    for row in &mut card.buttons {
        row.retain(|button| sound(button).is_ok());
        row.truncate(ROW);
    }
    card.buttons.retain(|row| !row.is_empty());
    card.menus.iter_mut().for_each(narrow);
    card.menus.retain(is_sound);
    card.menus.truncate(ROWS);
    card.buttons.truncate(ROWS - card.menus.len());
    card
}

/// A menu within the limits: no more lines than Discord shows, no two with one value.
fn narrow(menu: &mut Menu) {
    menu.placeholder = cut(menu.placeholder.trim(), PLACEHOLDER);
    let Offers::These(offers) = &mut menu.offers else {
        return;
    };
    let mut values = Vec::new();
    offers.retain_mut(|offer| {
        offer.label = cut(offer.label.trim(), OFFER);
        offer
            .about
            .iter_mut()
            .for_each(|about| *about = cut(about.trim(), OFFER));
        offer.about.take_if(|about| about.is_empty());
        let fresh = !values.contains(&offer.value);
        values.push(offer.value.clone());
        fresh && !offer.label.is_empty() && !offer.value.is_empty() && fits(&offer.value, OFFER)
    });
    offers.truncate(OFFERS);
    let most = u8::try_from(offers.len()).unwrap_or(u8::MAX);
    menu.count = (menu.count.0.min(most), menu.count.1.min(most));
}

fn is_sound(menu: &Menu) -> bool {
    let offers = match &menu.offers {
        Offers::These(offers) => offers.len(),
        Offers::Roles => 1,
    };
    let (least, most) = menu.count;
    !menu.id.is_empty() && fits(&menu.id, ID) && (1..=OFFERS).contains(&offers) && least <= most && most > 0
}

fn shorten(embed: &mut Embed, room: &mut usize) {
    let mut take = |text: &mut String, max: usize| {
        *text = cut(text.trim(), max.min(*room));
        *room -= length(text);
    };
    take(&mut embed.title, TITLE);
    embed.author.iter_mut().for_each(|author| take(author, NAME));
    embed.footer.iter_mut().for_each(|footer| take(footer, FOOTER));
    take(&mut embed.description, DESCRIPTION);
    embed.fields.truncate(FIELDS);
    for (name, value, _) in &mut embed.fields {
        take(name, NAME);
        take(value, VALUE);
    }
    // Discord refuses a field that has no name or no value.
    embed
        .fields
        .retain(|(name, value, _)| !name.is_empty() && !value.is_empty());
    embed.author.take_if(|author| author.is_empty());
    embed.footer.take_if(|footer| footer.is_empty());
}

fn sound(button: &Button) -> Result<(), &'static str> {
    let (label, other, most) = match button {
        Button::Link { label, url } => (label, url, URL),
        Button::Action { label, id, .. } => (label, id, ID),
        Button::Vote { emoji, id, .. } => (emoji, id, ID),
    };
    match () {
        () if label.trim().is_empty() || !fits(label, LABEL) => Err("button's label"),
        () if other.is_empty() || !fits(other, most) => Err("button's address or id"),
        () => Ok(()),
    }
}

/// Which of Discord's limits a card breaks; none for every card of this module. For tests, and for
/// whoever builds a card by hand.
#[must_use]
pub fn breaches(card: &Card) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut check = |ok: bool, what: &'static str| {
        if !ok {
            found.push(what);
        }
    };
    check(fits(&card.content, CONTENT), "content");
    check(card.embeds.len() <= EMBEDS, "embeds");
    check(
        !card.content.trim().is_empty() || !card.embeds.is_empty() || card.attachment.is_some(),
        "an empty message",
    );
    if let Some(file) = &card.attachment {
        let plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
        check(
            !file.name.is_empty() && file.name.chars().all(plain),
            "attachment's name",
        );
        check(
            !file.description.trim().is_empty() && fits(&file.description, ALTERNATIVE),
            "attachment's description",
        );
        check((1..=FILE).contains(&file.bytes.len()), "attachment's size");
    }
    let mut sum = 0;
    for embed in &card.embeds {
        let texts = [
            Some(&embed.title),
            embed.author.as_ref(),
            embed.footer.as_ref(),
            Some(&embed.description),
        ];
        sum += texts.into_iter().flatten().map(|text| length(text)).sum::<usize>();
        sum += embed
            .fields
            .iter()
            .map(|(name, value, _)| length(name) + length(value))
            .sum::<usize>();
        check(fits(&embed.title, TITLE), "title");
        check(fits(&embed.description, 4096), "description");
        check(embed.author.as_ref().is_none_or(|author| fits(author, NAME)), "author");
        check(
            embed.footer.as_ref().is_none_or(|footer| fits(footer, FOOTER)),
            "footer",
        );
        check(embed.fields.len() <= FIELDS, "fields");
        check(embed.color <= 0xff_ffff, "color");
        for (name, value, _) in &embed.fields {
            check(!name.trim().is_empty() && fits(name, NAME), "field's name");
            check(!value.trim().is_empty() && fits(value, VALUE), "field's value");
        }
        for url in [&embed.url, &embed.image].into_iter().flatten() {
            check(url.starts_with("http") && fits(url, 2048), "address");
        }
    }
    check(sum <= TOGETHER, "all embeds together");
    check(card.menus.len() + card.buttons.len() <= ROWS, "rows");
    let mut ids = Vec::new();
    for menu in &card.menus {
        let mut same = menu.clone();
        narrow(&mut same);
        check(is_sound(menu) && same == *menu, "menu");
        check(!ids.contains(&menu.id.as_str()), "two menus of one id");
        ids.push(menu.id.as_str());
    }
    for row in &card.buttons {
        check((1..=ROW).contains(&row.len()), "buttons of a row");
        for button in row {
            check(sound(button).is_ok(), "button");
            if let Some(id) = button.id() {
                check(!ids.contains(&id), "two buttons of one id");
                ids.push(id);
            }
        }
    }
    found
}
