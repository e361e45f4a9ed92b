//! Looks into a page as a browser would: its tags, and the values of attributes.

/// The values of an attribute, wherever it stands in a tag.
pub fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let lead = format!(" {attribute}=\"");
    let parts = html.split(lead.as_str()).skip(1);
    parts
        .filter_map(|rest| Some(rest.split_once('"')?.0))
        .collect()
}

/// The tags, head included; each that is opened is closed, in order.
#[track_caller]
pub fn tags(page: &str, html: &str) -> Vec<String> {
    const VOID: [&str; 2] = ["hr", "meta"];
    let html = html.split_once("<html").expect("a page").1;
    let mut open = vec!["html"];
    let mut seen = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, _) = part.split_once('>').expect("a tag ends");
        let name = tag.trim_start_matches('/');
        let name = name.split([' ', '\n']).next().unwrap_or_default();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{page}: before {part:.80}");
            continue;
        }
        seen.push(name.to_owned());
        if !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new(), "{page}");
    seen
}
