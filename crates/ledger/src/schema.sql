-- The record of OnRecord: who said what, in which report, in whose words.
--
-- Every line points at the words it rests on: a span counts Unicode code points of reports.text,
-- end exclusive, so that the words are
--     substr(reports.text, start_at + 1, end_at - start_at)
-- Where a thing has several spans (or none) they stand as JSON: [[start, end], [start, end]].
--
-- Rows of a report carry its number in their own: id = report * 1000000 + number in the report.
-- The columns `report` and `number` are worked out from it and take no room.
--
-- To read, begin with the views: who_said_what, figures_given, dates_given,
-- what_happened, what_differs.
-- Only OnRecord should write: it keeps the search indexes and the counts in step.

-- What this file is, in words; `tally.…` are counts over the newest revisions.
CREATE TABLE about (
    what  TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;

-- One published item by one outlet, as it was read. A changed report is a new revision; the one
-- it replaces stays, with superseded_by set, and is left out of search, counts and comparing.
CREATE TABLE reports (
    id                INTEGER PRIMARY KEY,
    name              TEXT NOT NULL UNIQUE,      -- what pointers and findings call it: 004, 003#2, 004@1
    source_file       TEXT NOT NULL,             -- the file it came from, as listed
    part              INTEGER NOT NULL,          -- which report of that file, from 1
    has_siblings      INTEGER NOT NULL CHECK (has_siblings IN (0, 1)),
    starts_at         INTEGER NOT NULL,          -- code points of the file before this report
    folder            TEXT,                      -- where it was read from; for telling reports apart only
    url               TEXT,
    outlet            TEXT,
    published         TEXT,                      -- the day, 2024-05-13
    published_from    TEXT CHECK (published_from IN ('sidecar', 'page', 'text')),
    language          TEXT,                      -- BCP 47
    headline_start    INTEGER,
    headline_end      INTEGER,
    byline            TEXT,                      -- who wrote it
    byline_start      INTEGER,
    byline_end        INTEGER,
    dateline_start    INTEGER,
    dateline_end      INTEGER,
    dateline_place    TEXT,
    dateline_date     TEXT,
    dateline_agency   TEXT,
    revision          INTEGER NOT NULL DEFAULT 1,
    superseded_by     INTEGER REFERENCES reports (id),
    analysis_version  TEXT NOT NULL,             -- the rules and models that read it
    content_hash      BLOB NOT NULL,             -- XXH3-128 over text and metadata
    location_hash     BLOB NOT NULL,             -- XXH3-128 over url, or folder, file and part
    extra             TEXT NOT NULL DEFAULT '{}',-- fields of the input that OnRecord does not know, JSON
    text              TEXT NOT NULL,             -- the whole text, with what not_text marks
    CHECK ((published IS NULL) = (published_from IS NULL)),
    CHECK ((headline_start IS NULL) = (headline_end IS NULL))
);
CREATE INDEX reports_by_content ON reports (content_hash);
CREATE INDEX reports_by_location ON reports (location_hash) WHERE superseded_by IS NULL;
CREATE INDEX reports_by_day ON reports (published, outlet) WHERE superseded_by IS NULL;
CREATE INDEX reports_by_outlet ON reports (outlet) WHERE superseded_by IS NULL;
CREATE INDEX reports_superseded ON reports (superseded_by) WHERE superseded_by IS NOT NULL;

-- Pieces of a report's text that are not its own words: captions, credits, menus.
CREATE TABLE not_text (
    id       INTEGER PRIMARY KEY,
    report   INTEGER AS (id / 1000000) VIRTUAL REFERENCES reports (id),
    number   INTEGER AS (id % 1000000) VIRTUAL,
    start_at INTEGER NOT NULL,
    end_at   INTEGER NOT NULL CHECK (end_at >= start_at),
    kind     TEXT NOT NULL
);

CREATE TABLE sentences (
    id        INTEGER PRIMARY KEY,
    report    INTEGER AS (id / 1000000) VIRTUAL REFERENCES reports (id),
    number    INTEGER AS (id % 1000000) VIRTUAL, -- from 0
    start_at  INTEGER NOT NULL,
    end_at    INTEGER NOT NULL CHECK (end_at >= start_at),
    paragraph INTEGER NOT NULL                   -- from 0; a headline is one of its own
);

-- Every name once, with its type: of speakers, of others who are named, of outlets. The same name
-- in two reports need not be the same person.
CREATE TABLE names (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    type       TEXT NOT NULL CHECK (type IN
               ('person', 'organisation', 'group', 'anonymous', 'document', 'place', 'outlet')),
    statements INTEGER NOT NULL DEFAULT 0,       -- it speaks in so many statements (newest revisions)
    reports    INTEGER NOT NULL DEFAULT 0,       -- of so many reports; of an outlet: its reports
    surname    TEXT,                             -- of a person: the last name, folded
    listed_as  INTEGER REFERENCES names (id),    -- the name under which this spelling of it is listed
    listed     INTEGER NOT NULL DEFAULT 0,       -- statements under all its spellings; 0 if listed elsewhere
    UNIQUE (name, type)
);
CREATE INDEX names_by_listed ON names (listed) WHERE listed > 0;
CREATE INDEX names_by_listed_as ON names (listed_as) WHERE listed_as IS NOT NULL;
CREATE INDEX names_by_surname ON names (surname) WHERE surname IS NOT NULL;

-- Names that a finding takes for spellings of one.
CREATE TABLE spellings (
    finding INTEGER NOT NULL REFERENCES findings (id),
    name    INTEGER NOT NULL REFERENCES names (id),
    PRIMARY KEY (finding, name)
) WITHOUT ROWID;
CREATE INDEX spellings_by_name ON spellings (name);

-- Names that may be listed under another since they were looked at; empty when all were.
CREATE TABLE touched_names (
    name INTEGER PRIMARY KEY REFERENCES names (id)
);

-- Who is named or quoted in a report, with every place that mentions them.
CREATE TABLE actors (
    id       INTEGER PRIMARY KEY,
    report   INTEGER AS (id / 1000000) VIRTUAL REFERENCES reports (id),
    number   INTEGER AS (id % 1000000) VIRTUAL,  -- from 1; a1, a2 in JSON
    name     INTEGER NOT NULL REFERENCES names (id),
    roles    TEXT NOT NULL DEFAULT '[]',         -- JSON list of titles and offices
    mentions TEXT NOT NULL                       -- JSON list of spans
);
CREATE INDEX actors_by_name ON actors (name);

-- Who said what: source + cue + content. Spans as JSON lists.
CREATE TABLE statements (
    id              INTEGER PRIMARY KEY,
    report          INTEGER AS (id / 1000000) VIRTUAL REFERENCES reports (id),
    number          INTEGER AS (id % 1000000) VIRTUAL, -- from 1; s1, s2 in JSON
    mode            TEXT NOT NULL,               -- direct, mixed, indirect: how much is quoted
    act             TEXT NOT NULL,               -- say, deny, warn, promise, think …
    is_negated      INTEGER NOT NULL CHECK (is_negated IN (0, 1)),
    speaker         INTEGER REFERENCES names (id),
    speaker_actor   INTEGER,                     -- number of an actor of the same report
    addressee       INTEGER REFERENCES names (id),
    addressee_actor INTEGER,
    said_on         TEXT,                        -- TIMEX3 value of the day it was said
    venue           TEXT,                        -- interview, phone call, op-ed
    within          INTEGER,                     -- number of the statement this one stands in
    via             TEXT,                        -- JSON list of who passed it on, nearest first
    sentence        INTEGER,                     -- number of the sentence in which its words begin
    last_sentence   INTEGER,                     -- and of the one in which they end
    source          TEXT NOT NULL,               -- the words that name who says it
    cue             TEXT NOT NULL,               -- the words that attribute
    content         TEXT NOT NULL                -- what is attributed
);

-- Who said what in order of time: the statements of the newest revisions that name a speaker, by
-- speaker and day, so that a page of whoever is quoted most is one stretch of it.
CREATE TABLE said (
    speaker   INTEGER NOT NULL REFERENCES names (id),
    day       TEXT NOT NULL,                     -- it was said, else of its report; '~' if not known
    statement INTEGER NOT NULL REFERENCES statements (id),
    outlet    INTEGER REFERENCES names (id),     -- of its report
    is_quoted INTEGER NOT NULL CHECK (is_quoted IN (0, 1)), -- wholly or in part
    PRIMARY KEY (speaker, day, statement)
) WITHOUT ROWID;

-- Time expressions in the sense of TIMEX3.
CREATE TABLE times (
    id       INTEGER PRIMARY KEY,
    report   INTEGER AS (id / 1000000) VIRTUAL REFERENCES reports (id),
    number   INTEGER AS (id % 1000000) VIRTUAL,
    start_at INTEGER NOT NULL,
    end_at   INTEGER NOT NULL CHECK (end_at >= start_at),
    type     TEXT NOT NULL CHECK (type IN ('DATE', 'TIME', 'DURATION', 'SET')),
    value    TEXT NOT NULL,
    modifier TEXT,
    sentence INTEGER,                            -- number of the sentence it stands in
    day      TEXT AS (CASE WHEN type IN ('DATE', 'TIME') AND value GLOB
             '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' THEN substr(value, 1, 10) END) VIRTUAL
);
CREATE INDEX times_by_day ON times (day, sentence) WHERE day IS NOT NULL;

-- What happened, or is to happen, and when; also what a report leads with, without a date.
CREATE TABLE events (
    id         INTEGER PRIMARY KEY,
    report     INTEGER AS (id / 1000000) VIRTUAL REFERENCES reports (id),
    number     INTEGER AS (id % 1000000) VIRTUAL, -- from 0
    start_at   INTEGER NOT NULL,                  -- the words that tell it
    end_at     INTEGER NOT NULL CHECK (end_at >= start_at),
    word_start INTEGER NOT NULL,                  -- the word that names it: "sank"
    word_end   INTEGER NOT NULL,
    time_start INTEGER,                           -- the words that date it
    time_end   INTEGER,
    happens    TEXT,                              -- a day, week, month, year: 2024-05-12, 2024-W19
    state      TEXT NOT NULL,                     -- done, planned, possible, postponed, cancelled, not
    is_mention INTEGER NOT NULL CHECK (is_mention IN (0, 1)), -- only named: "since the March 4 attack"
    statement  INTEGER,                           -- number of the statement that it is the saying of
    parts      TEXT NOT NULL DEFAULT '[]'         -- JSON list of [role, start, end]
);
CREATE INDEX events_by_time ON events (happens);

-- Figures and what they count.
CREATE TABLE quantities (
    id            INTEGER PRIMARY KEY,
    report        INTEGER AS (id / 1000000) VIRTUAL REFERENCES reports (id),
    number        INTEGER AS (id % 1000000) VIRTUAL,
    start_at      INTEGER NOT NULL,
    end_at        INTEGER NOT NULL CHECK (end_at >= start_at),
    value         REAL,                          -- the number given; of a range, none
    low           REAL,                          -- the least it may be
    high          REAL,                          -- the most it may be
    bound         TEXT NOT NULL,                 -- exact, about, over, at-least, up-to …
    unit          TEXT,
    counted       TEXT,                          -- what is counted, in the text's words
    counted_start INTEGER,
    counted_end   INTEGER,
    place         TEXT,
    as_of         TEXT,                          -- TIMEX3 value
    statement     INTEGER,                       -- number of the statement it stands in, if any
    sentence      INTEGER                        -- number of the sentence it stands in
);
CREATE INDEX quantities_by_counted ON quantities (counted COLLATE NOCASE, unit)
    WHERE counted IS NOT NULL;

-- What was odd in a text.
CREATE TABLE warnings (
    id       INTEGER PRIMARY KEY,
    report   INTEGER AS (id / 1000000) VIRTUAL REFERENCES reports (id),
    number   INTEGER AS (id % 1000000) VIRTUAL,
    start_at INTEGER NOT NULL,
    end_at   INTEGER NOT NULL CHECK (end_at >= start_at),
    text     TEXT NOT NULL
);

-- Comparing -------------------------------------------------------------------------------------

CREATE TABLE comparisons (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE                    -- copies, quotations, figures
);

-- What in one report may meet its like in another; `body` is the comparison's own.
CREATE TABLE items (
    id         INTEGER PRIMARY KEY,
    report     INTEGER AS (id / 1000000) VIRTUAL REFERENCES reports (id),
    comparison INTEGER AS (id % 1000000 / 50000) VIRTUAL REFERENCES comparisons (id),
    number     INTEGER AS (id % 50000) VIRTUAL,  -- within report and comparison, from 0
    keys       BLOB NOT NULL,                    -- its keys, 8 bytes each, big-endian
    body       TEXT NOT NULL
);

-- What could be the same shares a key. Keys are written many together, each such run in order and
-- after all others. A key holds a bounded number of items, the newest.
CREATE TABLE keys (
    run        INTEGER NOT NULL REFERENCES key_runs (id),
    comparison INTEGER NOT NULL REFERENCES comparisons (id),
    key        INTEGER NOT NULL,
    item       INTEGER NOT NULL REFERENCES items (id),
    PRIMARY KEY (run, comparison, key, item)
) WITHOUT ROWID;

CREATE TABLE key_runs (
    id     INTEGER PRIMARY KEY,
    size   INTEGER NOT NULL,                     -- rows that were written
    filter BLOB NOT NULL                         -- a Bloom filter: which keys it cannot have
);

-- Items whose keys stand in items.keys only, and not in keys yet; empty when a run has ended.
CREATE TABLE unkeyed (
    item INTEGER PRIMARY KEY REFERENCES items (id)
);

-- Two items that belong together; a < b by id.
CREATE TABLE links (
    a    INTEGER NOT NULL REFERENCES items (id),
    b    INTEGER NOT NULL REFERENCES items (id),
    body TEXT NOT NULL,
    PRIMARY KEY (a, b),
    CHECK (a < b)
) WITHOUT ROWID;
CREATE INDEX links_by_b ON links (b);

-- Items whose family is to be looked at again; empty when all findings are up to date.
CREATE TABLE touched (
    comparison INTEGER NOT NULL REFERENCES comparisons (id),
    item       INTEGER NOT NULL REFERENCES items (id),
    PRIMARY KEY (comparison, item)
) WITHOUT ROWID;

-- What a comparison shows: that reports differ, not which is right.
CREATE TABLE findings (
    id         INTEGER PRIMARY KEY,
    comparison INTEGER NOT NULL REFERENCES comparisons (id),
    anchor     INTEGER NOT NULL REFERENCES items (id), -- the first item of the family it rests on
    kind       TEXT NOT NULL,
    weight     INTEGER NOT NULL,                 -- by kind; 1 is shown first
    reading    TEXT NOT NULL,                    -- one sentence in plain words
    confidence REAL NOT NULL,                    -- share of such findings that is right, 0 to 1
    detail     TEXT NOT NULL DEFAULT '{}'        -- JSON
);
CREATE INDEX findings_by_weight ON findings (weight, confidence);
CREATE INDEX findings_by_anchor ON findings (anchor);
CREATE INDEX positions_by_speaker ON findings (json_extract(detail, '$.speaker'))
    WHERE kind = 'position';

-- The words on which a finding rests.
CREATE TABLE evidence (
    finding  INTEGER NOT NULL REFERENCES findings (id),
    number   INTEGER NOT NULL,
    report   INTEGER NOT NULL REFERENCES reports (id),
    start_at INTEGER NOT NULL,
    end_at   INTEGER NOT NULL CHECK (end_at >= start_at),
    role     TEXT NOT NULL,                      -- the part it plays: earliest, altered, outlier
    PRIMARY KEY (finding, number)
) WITHOUT ROWID;
CREATE INDEX evidence_by_report ON evidence (report);

-- Views for people ------------------------------------------------------------------------------

CREATE VIEW newest_reports AS
SELECT * FROM reports WHERE superseded_by IS NULL;

-- The words of each sentence of the newest revisions.
CREATE VIEW sentence_words AS
SELECT s.id, substr(r.text, s.start_at + 1, s.end_at - s.start_at) AS words
FROM sentences s JOIN reports r ON r.id = s.id / 1000000
WHERE r.superseded_by IS NULL;

-- The words of each statement's content, its pieces joined by a line break.
CREATE VIEW statement_words AS
SELECT s.id, (
    SELECT group_concat(piece, char(10)) FROM (
        SELECT substr(r.text, json_extract(p.value, '$[0]') + 1,
                      json_extract(p.value, '$[1]') - json_extract(p.value, '$[0]')) AS piece
        FROM json_each(s.content) p ORDER BY p.key)) AS words
FROM statements s JOIN reports r ON r.id = s.id / 1000000
WHERE r.superseded_by IS NULL;

CREATE VIEW who_said_what AS
SELECT r.name AS report, r.outlet, r.published, s.number AS statement,
       who.name AS speaker, who.type AS speaker_type, s.act, s.is_negated, s.mode,
       coalesce(w.words, '') AS content, s.said_on, s.venue, whom.name AS addressee,
       (SELECT group_concat(passed_on, ' < ') FROM (
           SELECT json_extract(v.value, '$.name') AS passed_on
           FROM json_each(s.via) v ORDER BY v.key)) AS via
FROM statements s
JOIN statement_words w ON w.id = s.id
JOIN reports r ON r.id = s.id / 1000000
LEFT JOIN names who ON who.id = s.speaker
LEFT JOIN names whom ON whom.id = s.addressee
WHERE r.superseded_by IS NULL;

CREATE VIEW who_is_named AS
SELECT r.name AS report, a.number AS actor, n.name, n.type, a.roles,
       json_array_length(a.mentions) AS mentions
FROM actors a JOIN names n ON n.id = a.name JOIN reports r ON r.id = a.id / 1000000
WHERE r.superseded_by IS NULL;

-- One row for each place that mentions an actor.
CREATE VIEW mentions AS
SELECT a.report, a.number AS actor, json_extract(m.value, '$[0]') AS start_at,
       json_extract(m.value, '$[1]') AS end_at
FROM actors a, json_each(a.mentions) m;

CREATE VIEW figures_given AS
SELECT r.name AS report, r.outlet, r.published,
       substr(r.text, q.start_at + 1, q.end_at - q.start_at) AS words, q.value, q.low, q.high,
       q.bound, q.unit, q.counted, q.place, q.as_of, who.name AS given_by
FROM quantities q
JOIN reports r ON r.id = q.id / 1000000
LEFT JOIN statements s ON s.id = q.id / 1000000 * 1000000 + q.statement
LEFT JOIN names who ON who.id = s.speaker
WHERE r.superseded_by IS NULL;

CREATE VIEW dates_given AS
SELECT t.day, r.name AS report, r.outlet, r.published,
       substr(r.text, t.start_at + 1, t.end_at - t.start_at) AS words, t.type, t.value, t.modifier,
       substr(r.text, s.start_at + 1, s.end_at - s.start_at) AS sentence
FROM times t
JOIN reports r ON r.id = t.id / 1000000
LEFT JOIN sentences s ON s.id = t.id / 1000000 * 1000000 + t.sentence
WHERE r.superseded_by IS NULL;

CREATE VIEW what_happened AS
SELECT e.happens, r.name AS report, r.outlet, r.published, e.state, e.is_mention,
       substr(r.text, e.start_at + 1, e.end_at - e.start_at) AS words
FROM events e
JOIN reports r ON r.id = e.id / 1000000
WHERE r.superseded_by IS NULL;

CREATE VIEW what_differs AS
SELECT f.kind, f.reading, f.confidence, e.role, r.name AS report, r.outlet, r.published,
       substr(r.text, e.start_at + 1, e.end_at - e.start_at) AS words, f.id AS finding
FROM findings f
JOIN evidence e ON e.finding = f.id
JOIN reports r ON r.id = e.report
ORDER BY f.weight, f.confidence DESC, f.id, e.number;

-- Search ----------------------------------------------------------------------------------------
-- Words are found in any inflection (Porter's stems) and without regard to case and accents; the
-- words themselves stand only in reports.text.
--     SELECT * FROM who_said_what … or: SELECT rowid, highlight(statement_search, 0, '[', ']')
--     FROM statement_search WHERE statement_search MATCH 'strike' ORDER BY rank;

CREATE VIRTUAL TABLE sentence_search USING fts5 (
    words, content = 'sentence_words', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE statement_search USING fts5 (
    words, content = 'statement_words', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE name_search USING fts5 (
    name, content = 'names', content_rowid = 'id', columnsize = 0,
    tokenize = 'unicode61 remove_diacritics 2'
);
