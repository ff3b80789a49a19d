//! Gold names of GUM's CoNLL-U files (annotations CC BY 4.0; the texts have terms of their own).
//!
//! ```text
//! 15  the     …  Entity=(10-organization-new-snnnn-cf5-2,3-coref-Indonesian_Navy
//! 17  Navy    …  Entity=10)
//! ```
//!
//! GUM marks every noun group. Named are those whose head (the word that hangs on one outside) is a
//! proper noun; the name is the run of proper nouns around it, with "of" and the like between them;
//! for a person from the head on, so that titles stay out. States and towns are places also where
//! they act ("Lorne won 2-0"). Peoples ("Bangladeshis") are `other`, as
//! are events and things; days and dates are nothing.

use super::{Named, Writing, is_before_name};

/// The type of text of each file that may be used for a model that is shipped: texts under CC BY,
/// CC BY-SA or public domain. Fiction, how-to guides, essays, letters, podcasts (non-commercial) and
/// forum posts (no text) are not.
pub const FREE: [&str; 8] =
    ["news", "interview", "bio", "voyage", "academic", "court", "speech", "textbook"];

struct Word {
    start: usize,
    end: usize,
    head: usize,
    is_proper: bool,
    relation: String,
}

/// An entity that is open: its number, its type, its first word.
type Open = (String, String, usize);

/// The texts of a file that holds one document or several.
pub fn all(
    conllu: &str,
    is_people: &dyn Fn(&str) -> bool,
    is_state: &dyn Fn(&str) -> bool,
) -> Vec<Named> {
    let mut documents: Vec<Document> = Vec::new();
    for line in conllu.lines() {
        if let Some(id) = line.strip_prefix("# newdoc id = ") {
            let mut document = Document::default();
            document.named.name = id.trim().to_owned();
            documents.push(document);
        }
        let Some(document) = documents.last_mut() else { continue };
        if line.starts_with("# newpar") && !line.starts_with("# newpar_block") {
            document.writing.new_paragraph();
        } else if line.is_empty() {
            document.end_sentence(is_people, is_state);
        } else if !line.starts_with('#') {
            document.word(line);
        }
    }
    for document in &mut documents {
        document.end_sentence(is_people, is_state);
    }
    documents.into_iter().map(Document::done).collect()
}

#[derive(Default)]
struct Document {
    named: Named,
    writing: Writing,
    is_glued: bool,
    words: Vec<Word>,
    open: Vec<Open>,
    /// Type, first word, one past the last.
    groups: Vec<(String, usize, usize)>,
}

impl Document {
    fn word(&mut self, line: &str) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, _, upos, xpos, _, head, relation, _, misc] = columns[..] else { return };
        if id.contains('.') {
            return;
        }
        // "didn't" stands as 3-4 before its two words; only the words are written.
        if id.contains('-') {
            return;
        }
        let (start, end) = self.writing.word(form, self.is_glued);
        self.is_glued = misc.split('|').any(|part| part == "SpaceAfter=No");
        let at = self.words.len();
        self.words.push(Word {
            start,
            end,
            head: head.parse().unwrap_or(0),
            is_proper: upos == "PROPN" || xpos.starts_with("NNP"),
            relation: relation.to_owned(),
        });
        let Some(marks) = misc.split('|').find_map(|part| part.strip_prefix("Entity=")) else {
            return;
        };
        self.marks(marks, at);
    }

    fn marks(&mut self, marks: &str, at: usize) {
        let mut rest = marks;
        while !rest.is_empty() {
            if let Some(opened) = rest.strip_prefix('(') {
                let len = opened.find(['(', ')']).unwrap_or(opened.len());
                let mut fields = opened[..len].split('-');
                let number = fields.next().unwrap_or_default().to_owned();
                let kind = fields.next().unwrap_or_default().to_owned();
                rest = &opened[len..];
                self.open.push((number, kind, at));
                if let Some(after) = rest.strip_prefix(')') {
                    rest = after;
                    self.close(None, at);
                }
            } else {
                let len = rest.find(')').unwrap_or(rest.len());
                let number = &rest[..len];
                self.close(Some(number), at);
                rest = rest.get(len + 1..).unwrap_or_default();
            }
        }
    }

    fn close(&mut self, number: Option<&str>, at: usize) {
        let place = self.open.iter().rposition(|(open, ..)| number.is_none_or(|n| n == open));
        if let Some(place) = place {
            let (_, kind, from) = self.open.remove(place);
            self.groups.push((kind, from, at + 1));
        }
    }

    fn end_sentence(&mut self, is_people: &dyn Fn(&str) -> bool, is_state: &dyn Fn(&str) -> bool) {
        let mut names: Vec<(usize, usize, &'static str)> = Vec::new();
        for (kind, from, to) in std::mem::take(&mut self.groups) {
            let kind = match kind.as_str() {
                "person" => "person",
                "organization" => "organisation",
                "place" => "place",
                "time" => continue,
                _ => "other",
            };
            let Some((start, end, kind)) = self.name(kind, from, to) else { continue };
            let low = self.writing.text[start..end].to_lowercase();
            let kind = match kind {
                _ if is_people(&low) => "other",
                "organisation" if is_state(&low) => "place",
                kind => kind,
            };
            names.push((start, end, kind));
        }
        names.sort_unstable_by_key(|&(start, end, kind)| (start, std::cmp::Reverse(end), kind));
        let mut last = 0;
        names.retain(|&(start, end, _)| {
            let is_apart = start >= last;
            last = if is_apart { end } else { last };
            is_apart
        });
        self.named.names.extend(names);
        self.words.clear();
        self.open.clear();
    }

    fn name(
        &self,
        kind: &'static str,
        from: usize,
        to: usize,
    ) -> Option<(usize, usize, &'static str)> {
        let text = &self.writing.text;
        let words = self.words.get(from..to)?;
        let word = |i: usize| &text[words[i].start..words[i].end];
        let is_outside = |head: usize| head <= from || head > to;
        let head = words.iter().position(|word| is_outside(word.head))?;
        let is_capital = |i: usize| word(i).chars().any(char::is_uppercase);
        if !words[head].is_proper || !is_capital(head) {
            return None;
        }
        let is_named = |i: usize| words[i].is_proper && is_capital(i);
        let is_number = |i: usize| word(i).chars().all(|c| c.is_ascii_digit());
        let joins = |i: usize| {
            matches!(
                word(i),
                "of" | "for"
                    | "the"
                    | "and"
                    | "&"
                    | "-"
                    | "'s"
                    | "’s"
                    | "de"
                    | "la"
                    | "van"
                    | "von"
                    | "al"
            )
        };
        let mut start = head;
        while start > 0 {
            if is_named(start - 1) {
                start -= 1;
            } else if start > 1
                && joins(start - 1)
                && word(start - 1) != "and"
                && is_named(start - 2)
            {
                start -= 2;
            } else {
                break;
            }
        }
        let mut end = head + 1;
        let is_person = kind == "person";
        while end < words.len() {
            let is_compound = word(end) == "-"
                && end + 1 < words.len()
                && words[end].start == words[end - 1].end
                && words[end].end == words[end + 1].start;
            if is_compound {
                end += 2;
            } else if is_named(end) || is_number(end) && !is_person {
                end += 1;
            } else if !is_person && end + 1 < words.len() && joins(end) && is_named(end + 1) {
                end += 2;
            } else if !is_person
                && end + 2 < words.len()
                && word(end) == "of"
                && word(end + 1) == "the"
                && is_named(end + 2)
            {
                end += 3;
            } else {
                break;
            }
        }
        if is_person {
            // "U.S. President Ana Voss": the name begins at the head or what is flat with it.
            while start < head && words[start].relation != "flat" {
                start += 1;
            }
            while start < end && is_before_name(word(start)) {
                start += 1;
            }
            if start == end || !is_capital(start) || matches!(word(start), "MP" | "MPs") {
                return None;
            }
        }
        let (first, last) = (words[start].start, words[end - 1].end);
        Some((first, last, kind))
    }

    fn done(mut self) -> Named {
        self.named.text = self.writing.text;
        self.named.until = self.named.text.len();
        self.named
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_are_groups_with_a_proper_noun_for_a_head() {
        let rows = [
            "1\tPort\tport\tPROPN\tNNP\t_\t3\tcompound\t_\tEntity=(1-person-new(2-place-new)",
            "2\tDirector\tdirector\tPROPN\tNNP\t_\t3\tcompound\t_\t_",
            "3\tAna\tAna\tPROPN\tNNP\t_\t5\tnsubj\t_\t_",
            "4\tVoss\tVoss\tPROPN\tNNP\t_\t3\tflat\t_\tEntity=1)",
            "5\tsaw\tsee\tVERB\tVBD\t_\t0\troot\t_\t_",
            "6\tthe\tthe\tDET\tDT\t_\t7\tdet\t_\tEntity=(3-organization-new",
            "7\tBank\tbank\tPROPN\tNNP\t_\t5\tobj\t_\t_",
            "8\tof\tof\tADP\tIN\t_\t9\tcase\t_\t_",
            "9\tLorne\tLorne\tPROPN\tNNP\t_\t7\tnmod\t_\tEntity=(4-place-new)3)|SpaceAfter=No",
            "10\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_",
        ];
        let conllu = format!("# newdoc id = a\n# newpar\n{}\n\n", rows.join("\n"));
        let all = all(&conllu, &|_| false, &|_| false);
        assert_eq!(all[0].text, "Port Director Ana Voss saw the Bank of Lorne.");
        let names: Vec<_> = all[0].names.iter().map(|&(s, e, k)| (&all[0].text[s..e], k)).collect();
        assert_eq!(
            names,
            [("Port", "place"), ("Ana Voss", "person"), ("Bank of Lorne", "organisation")]
        );
    }
}
