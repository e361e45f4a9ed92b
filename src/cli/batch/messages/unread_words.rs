//! What a dry run prints about unreadable words, so that they can be added to a map file.

use super::{number, say};
use crate::batch::columns::{Mapped, plain};
use crate::batch::output::unread::UnreadCells;
use crate::batch::table::Table;

/// Maximum number of words shown for one column.
const MOST: usize = 20;

/// Says which guesses of the map file are open, and which words of which column are unread.
pub fn tell(table: &Table<'_>, maps: &[Mapped], unread: &UnreadCells) {
    let open = maps.iter().filter(|map| !map.reading.guesses.is_empty());
    let open: Vec<&Mapped> = open.collect();
    if !open.is_empty() {
        say("guesses of the map file that are still to be confirmed, and do not count until then:");
    }
    for map in open {
        say(&format!(
            "  {}, column `{}`: {}",
            map.reading.place,
            plain(&map.column),
            map.reading.guesses.join(", ")
        ));
    }
    let columns = unread.columns();
    if columns.is_empty() {
        return;
    }
    let mut lines: Vec<[String; 3]> = Vec::new();
    for column in columns {
        let heading = table.columns.get(column.column);
        let heading = heading.map_or("", |column| &column.heading);
        let heading = format!("{}. `{}`", column.column + 1, plain(heading));
        let (shown, more) = column.words.split_at(column.words.len().min(MOST));
        for (word, count) in shown {
            lines.push([
                number(*count),
                format!("`{}`", plain(word)),
                heading.clone(),
            ]);
        }
        let more: u64 = more.iter().map(|(_, count)| count).sum();
        let others = column.others + more;
        if others > 0 {
            lines.push([number(others), "(other words)".to_owned(), heading]);
        }
    }
    say(
        "still unread, by word and column; a word that is there once is not shown, as it may be about one person:",
    );
    let width = |place: usize| {
        let cells = lines.iter().filter_map(|line| line.get(place));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let (counts, words) = (width(0).max(4), width(1).max(4));
    say(&format!(
        "  {:>counts$}  {:<words$}  column",
        "rows", "word"
    ));
    for [count, word, heading] in &lines {
        say(&format!("  {count:>counts$}  {word:<words$}  {heading}"));
    }
    say(
        "write what they mean in a map file, under `words:` or `dates:` of the column; `--draft-map FILE.yaml` writes a first one",
    );
}
