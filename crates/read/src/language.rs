//! Whether a text is English, by the share of its words that only English has so often.
//!
//! ```text
//! "The mayor said that it has …"  → en      "Der Hafen ist …"  → none
//! ```
//!
//! Other languages are not told apart: OnRecord's rules are for English.

/// Words that are common in English prose and rare in the languages that share its letters.
const COMMON: [&str; 36] = [
    "the", "of", "and", "to", "that", "for", "is", "with", "said", "he", "it", "has", "from",
    "his", "are", "not", "but", "have", "who", "they", "were", "their", "this", "be", "by", "at",
    "which", "she", "had", "would", "its", "will", "been", "after", "more", "you",
];

/// The language as BCP 47 has it, `en` or none.
pub(crate) fn language(text: &str) -> Option<String> {
    let (mut words, mut common) = (0, 0);
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    for word in parts.filter(|word| !word.is_empty()).take(400) {
        words += 1;
        let is_common =
            word.len() <= 5 && COMMON.iter().any(|common| common.eq_ignore_ascii_case(word));
        common += usize::from(is_common);
    }
    (words >= 8 && common * 100 >= words * 12).then(|| "en".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_known_from_its_neighbours() {
        let en = "The mayor of Port Lorne said on Monday that the strike would not end soon.";
        assert_eq!(language(en).as_deref(), Some("en"));
        for other in [
            "Der Bürgermeister von Port Lorne sagte am Montag, dass der Streik nicht bald enden werde.",
            "De burgemeester van Port Lorne zei maandag dat de staking niet snel zal eindigen in de haven.",
            "Le maire de Port-Lorne a déclaré lundi que la grève ne finirait pas de sitôt dans le port.",
            "12 14 15 16 17 18 19 20 21 22",
            "",
        ] {
            assert_eq!(language(other), None, "{other}");
        }
    }
}
