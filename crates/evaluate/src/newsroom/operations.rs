//! What papers do to each other's reports.
//!
//! ```text
//! wire → other lede, trimmed, extended, passages carried over, reworded; and on the way a word of
//! a quotation changed, a figure mistyped, a name spelled otherwise …
//! ```
//!
//! Each operation works on the [`Sheet`], never on the text, so that what was done is known. Not
//! handled: translation.

use super::day::Day;
use super::grammar::frames;
use super::sheet::{Desk, Given, Mention, Sentence, Sheet, What, is_speech};
use super::speech::{Cut, Reading};
use super::write::written;

impl Desk<'_> {
    /// A report made from `parent`, for another paper.
    pub(super) fn derived(
        &mut self,
        parent: &Sheet,
        number: u32,
        outlet: usize,
        day: Day,
    ) -> Sheet {
        let mut sheet = Sheet {
            number,
            outlet,
            day,
            parent: Some(parent.number),
            is_inflated: parent.is_inflated,
            ..parent.clone()
        };
        sheet.changes.clear();
        // The agency's line goes or stays.
        let is_uncredited = self.chance.percent(60);
        if is_uncredited
            && let Some(lede) = sheet.sentences_mut().next()
            && let Some((_, own)) = lede.frame.split_once(" — ").filter(|_| lede.what == What::Lede)
        {
            lede.frame = own.to_owned();
        }
        let event = sheet.paragraphs[0][0].event;
        match self.chance.below(100) {
            0..=14 => sheet.operation = "same",
            15..=29 => self.other_lede(&mut sheet, event),
            30..=44 => {
                sheet.operation = "trimmed";
                let keep = (sheet.paragraphs.len() * 6).div_ceil(10) + self.chance.below(2);
                sheet.paragraphs.truncate(keep.max(3));
            }
            45..=54 => {
                sheet.operation = "trimmed";
                for _ in 0..(sheet.paragraphs.len() / 4).max(1) {
                    let at = 1 + self.chance.below(sheet.paragraphs.len().saturating_sub(2).max(1));
                    if sheet.paragraphs.len() > 3 {
                        sheet.paragraphs.remove(at);
                    }
                }
            }
            55..=64 => {
                sheet.operation = "extended";
                self.extend(&mut sheet, event);
            }
            65..=79 => sheet = self.with_passages(parent, number, outlet, day),
            80..=93 => self.reworded(&mut sheet),
            _ => self.page(&mut sheet),
        }
        sheet.introduce(&self.events);
        sheet
    }

    fn other_lede(&mut self, sheet: &mut Sheet, event: usize) {
        sheet.operation = "other-lede";
        let day = sheet.day;
        let local = self.own(&frames().local_ledes, sheet.outlet, event, day);
        let lede = self.chance.pick(&self.events[event].ledes).clone();
        let lede = self.sentence(event, What::Lede, lede, day);
        sheet.paragraphs[0] = vec![local, lede];
    }

    fn extend(&mut self, sheet: &mut Sheet, event: usize) {
        let house = self.world.outlets[sheet.outlet].clone();
        let day = sheet.day;
        for _ in 0..2 + self.chance.below(2) {
            let own = self.own(&frames().extensions, sheet.outlet, event, day);
            sheet.paragraphs.push(vec![own]);
        }
        let fresh = (0..self.events[event].speeches.len()).find(|&speech| {
            !sheet
                .sentences()
                .any(|sentence| sentence.event == event && is_speech(sentence, speech))
        });
        if let Some(speech) = fresh {
            let sentence = self.speech(event, speech, &house, day);
            sheet.paragraphs.push(vec![sentence]);
        }
    }

    /// A report of one's own with passages of another's in it.
    fn with_passages(&mut self, parent: &Sheet, number: u32, outlet: usize, day: Day) -> Sheet {
        let event = parent.paragraphs[0][0].event;
        let mut sheet = self.original(number, event, outlet, day);
        sheet.operation = "passages";
        sheet.parent = Some(parent.number);
        let plain =
            |paragraph: &&Vec<Sentence>| !matches!(paragraph[0].what, What::Lede | What::Plan);
        let carried: Vec<Vec<Sentence>> = parent.paragraphs.iter().filter(plain).cloned().collect();
        let wide = (carried.len() / 2).max(4).min(carried.len());
        let from = self.chance.below(carried.len() - wide + 1);
        let carried = &carried[from..from + wide];
        // What the passages say is not said twice.
        for paragraph in &mut sheet.paragraphs {
            paragraph
                .retain(|own| !carried.iter().flatten().any(|carried| is_same_thing(carried, own)));
        }
        sheet.paragraphs.retain(|paragraph| !paragraph.is_empty());
        let at = 1.min(sheet.paragraphs.len());
        sheet.paragraphs.splice(at..at, carried.iter().cloned());
        sheet.readings.clone_from(&parent.readings);
        sheet.speakers.clone_from(&parent.speakers);
        sheet.figures.clone_from(&parent.figures);
        sheet.spellings.clone_from(&parent.spellings);
        sheet
    }

    /// The same in other words, as a machine does it.
    fn reworded(&mut self, sheet: &mut Sheet) {
        sheet.operation = "reworded";
        sheet.is_reworded = [true, self.chance.percent(40)];
        sheet.reworded = self.id();
        let house = self.world.outlets[sheet.outlet].clone();
        let mut paragraphs = std::mem::take(&mut sheet.paragraphs);
        for sentence in paragraphs.iter_mut().flatten() {
            let of = &self.events[sentence.event];
            let ways = match sentence.what {
                What::Lede => &of.ledes,
                What::Fact(fact) => &of.facts[fact],
                What::Figure(measure) => &of.measures[measure].frames,
                _ => &Vec::new(),
            };
            let others: Vec<&String> = ways.iter().filter(|way| **way != sentence.frame).collect();
            let fresh =
                if others.is_empty() { None } else { Some((*self.chance.pick(&others)).clone()) };
            let fresh = match (fresh, sentence.what) {
                (None, What::Speech { speech, is_direct }) => {
                    let new = self.speech(sentence.event, speech, &house, sentence.day);
                    // Words may move from quotation marks to reported speech, never back.
                    let What::Speech { is_direct: stays, .. } = new.what else { continue };
                    if stays && !is_direct {
                        continue;
                    }
                    sentence.what = new.what;
                    Some(new.frame)
                }
                (fresh, _) => fresh,
            };
            if let Some(frame) = fresh {
                sentence.rewords = Some(sentence.id);
                sentence.id = self.id();
                self.ids.insert((sentence.event, frame.clone()), sentence.id);
                sentence.frame = frame;
            }
        }
        sheet.paragraphs = paragraphs;
    }

    /// Another report on the same page.
    fn page(&mut self, sheet: &mut Sheet) {
        sheet.operation = "page";
        let side = self.original(sheet.number, 1, sheet.outlet, sheet.day);
        sheet.paragraphs.extend(side.paragraphs.into_iter().take(4));
        // Its own words are as counted: the maps are of the first event.
    }

    /// What goes wrong, or is done, on the way.
    pub(super) fn touched(&mut self, sheet: &mut Sheet) {
        let direct: Vec<(usize, usize)> = sheet
            .sentences()
            .filter_map(|sentence| match sentence.what {
                What::Speech { speech, is_direct: true } => Some((sentence.event, speech)),
                _ => None,
            })
            .collect();
        let fresh: Vec<(usize, usize)> = direct
            .iter()
            .copied()
            .filter(|key| !sheet.readings.contains_key(key) && !sheet.speakers.contains_key(key))
            .collect();
        if !fresh.is_empty() && self.chance.percent(24) {
            self.alter(sheet, &fresh);
        } else if !fresh.is_empty() && self.chance.percent(20) {
            self.shorten(sheet, &fresh);
        } else if !fresh.is_empty() && self.chance.percent(12) {
            self.give_to_another(sheet, &fresh);
        }
        if self.chance.percent(30) {
            self.count_otherwise(sheet);
        }
        if self.chance.percent(14) {
            self.spell(sheet);
        }
        if self.chance.percent(8) && sheet.event_day.is_none() {
            let day = self.events[0].day.0;
            let other = if self.chance.percent(50) { day - 1 } else { day + 1 };
            // Not after the report.
            let other = if other > sheet.day.0 { day - 1 } else { other };
            sheet.event_day = Some(Day(other));
            sheet.changes.push("date".to_owned());
        }
    }

    fn alter(&mut self, sheet: &mut Sheet, fresh: &[(usize, usize)]) {
        let key = *self.chance.pick(fresh);
        let speech = self.events[key.0].speeches[key.1].clone();
        let mut reading = Reading::default();
        let times = if self.chance.percent(20) { 2 } else { 1 };
        let changed = (0..times).filter(|_| speech.change(&mut reading, &mut self.chance)).count();
        if changed > 0 {
            sheet.readings.insert(key, reading);
            sheet.changes.push(format!("altered {}", key.1));
        }
    }

    fn shorten(&mut self, sheet: &mut Sheet, fresh: &[(usize, usize)]) {
        let key = *self.chance.pick(fresh);
        let cuts = [Cut::Dots, Cut::First, Cut::Brackets];
        let speech = &self.events[key.0].speeches[key.1];
        let can: Vec<Cut> = cuts.into_iter().filter(|&cut| speech.can(cut)).collect();
        if can.is_empty() {
            return;
        }
        let cut = *self.chance.pick(&can);
        sheet.readings.insert(key, Reading { cut, ..Reading::default() });
        sheet.changes.push(format!("shortened {}", key.1));
    }

    fn give_to_another(&mut self, sheet: &mut Sheet, fresh: &[(usize, usize)]) {
        let key = *self.chance.pick(fresh);
        let who = self.events[key.0].speeches[key.1].who;
        let people = self.events[key.0].people.len();
        let other = (who + 1 + self.chance.below(people - 1)) % people;
        sheet.speakers.insert(key, other);
        for sentence in sheet.sentences_mut() {
            if sentence.event == key.0 && is_speech(sentence, key.1) {
                // Whoever gives words to another gives a name.
                sentence.mention = Mention::Before;
                sentence.frame = sentence.frame.replace("{he}", "{S}").replace("{he^}", "{S}");
            }
        }
        sheet.changes.push(format!("speaker {}", key.1));
        sheet.introduce(&self.events);
    }

    fn count_otherwise(&mut self, sheet: &mut Sheet) {
        let figures: Vec<(usize, usize, Day, bool)> = sheet
            .sentences()
            .filter_map(|sentence| match sentence.what {
                What::Figure(measure) => {
                    let is_money = sentence.frame.contains("${n}");
                    Some((sentence.event, measure, sentence.day, is_money))
                }
                _ => None,
            })
            .collect();
        if figures.is_empty() {
            return;
        }
        let (event, measure, day, is_money) = *self.chance.pick(&figures);
        if sheet.figures.contains_key(&(event, measure)) {
            return;
        }
        let of = &self.events[event];
        let on = |day: Day| {
            let by_day = &of.measures[measure].by_day;
            by_day[(day.0 - of.day.0).clamp(0, by_day.len() as i64 - 1) as usize]
        };
        let (old, new) = (on(day), on(sheet.day));
        let given = match self.chance.below(10) {
            0..=3 if new != old => Given { text: written(new), value: new as f64, form: "updated" },
            0..=6 => {
                let Some(given) = self.rounded(old, is_money) else { return };
                given
            }
            _ => {
                let Some(value) = self.mistyped(old) else { return };
                Given { text: written(value), value: value as f64, form: "mistyped" }
            }
        };
        sheet.changes.push(given.form.to_owned());
        sheet.figures.insert((event, measure), given);
        for sentence in sheet.sentences_mut() {
            if sentence.what == What::Figure(measure) {
                sentence.frame =
                    sentence.frame.replace("At least {n}", "{n}").replace("at least {n}", "{n}");
            }
        }
    }

    fn rounded(&mut self, count: u64, is_money: bool) -> Option<Given> {
        let step = 10u64.pow(count.to_string().len() as u32 - 1).max(10);
        let step = if count > 100 && self.chance.percent(60) { step / 10 } else { step };
        let (below, near) = (count / step * step, (count + step / 2) / step * step);
        if near == count || below == 0 || is_money && step > 10 {
            return None;
        }
        let (text, value) = match self.chance.below(4) {
            _ if is_money => (written(near), near),
            0 => (format!("about {}", written(near)), near),
            1 => (format!("some {}", written(near)), near),
            2 if below + step > count => (format!("more than {}", written(below)), below),
            _ if near > count => (format!("nearly {}", written(near)), near),
            _ => (format!("around {}", written(near)), near),
        };
        // "About 20" for 13 is no rounding.
        if value.abs_diff(count) * 8 > count {
            return None;
        }
        Some(Given { text, value: value as f64, form: "rounded" })
    }

    fn mistyped(&mut self, count: u64) -> Option<u64> {
        let mut digits: Vec<u8> = count.to_string().into_bytes();
        match self.chance.below(4) {
            0 => digits.swap(0, 1),
            1 => digits[0] = b'1' + (digits[0] - b'1' + 1 + self.chance.below(8) as u8) % 9,
            2 => {
                let at = self.chance.below(2);
                digits[at] =
                    b'1' + (digits[at].max(b'1') - b'1' + 3 + self.chance.below(5) as u8) % 9;
            }
            _ => digits.push(b'0'),
        }
        let value: u64 = String::from_utf8(digits).ok()?.parse().ok()?;
        let is_far = value.abs_diff(count) * 100 >= count * 15 && value >= 10;
        is_far.then_some(value)
    }

    fn spell(&mut self, sheet: &mut Sheet) {
        let mut can: Vec<(usize, usize, bool)> = Vec::new();
        for (place, person) in self.events[0].people.iter().enumerate() {
            can.extend((person.forename.len() > 1).then_some((0, place, true)));
            can.extend((person.surname.len() > 1).then_some((0, place, false)));
        }
        can.retain(|&(event, place, _)| !sheet.spellings.contains_key(&(event, place)));
        if can.is_empty() {
            return;
        }
        let (event, place, is_forename) = *self.chance.pick(&can);
        let spelling = if is_forename { (1, 0) } else { (0, 1) };
        sheet.spellings.insert((event, place), spelling);
        sheet.changes.push("name".to_owned());
    }
}

fn is_same_thing(a: &Sentence, b: &Sentence) -> bool {
    match (a.what, b.what) {
        (What::Speech { speech: a, .. }, What::Speech { speech: b, .. }) => a == b,
        (What::Told { told: a, .. }, What::Told { told: b, .. }) => a == b,
        (a, b) => a == b,
    }
}
