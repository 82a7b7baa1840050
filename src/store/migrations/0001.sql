-- The first shape of the database. Never edited after release: a later shape is a later file.
--
-- Ids are UUIDs (version 7) as text, days are ISO 8601 (2026-05-21), moments RFC 3339 with their offset, yes/no is 1/0 (and
-- NULL where nobody has said), lists are JSON. Text that nobody has typed is '', never NULL.
--
-- A foreign key stands where the one cannot be without the other. Who said a thing, which twig it hangs on and which issue an
-- action answers have none: a half-imported map is still a map, and a missing speaker must never keep a word from being saved.

CREATE TABLE cases (
    id TEXT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    age TEXT NOT NULL,
    sex TEXT NOT NULL,
    gist TEXT NOT NULL,
    triggers TEXT NOT NULL,
    trigger_note TEXT NOT NULL,
    consultation TEXT NOT NULL,
    consent TEXT NOT NULL,
    consent_note TEXT NOT NULL,
    consent_date TEXT,
    consent_by TEXT NOT NULL
);

CREATE TABLE meetings (
    id TEXT PRIMARY KEY NOT NULL,
    date TEXT,
    venue TEXT NOT NULL,
    title TEXT NOT NULL,
    organiser TEXT NOT NULL,
    format TEXT NOT NULL,
    steps TEXT NOT NULL,
    branches TEXT NOT NULL,
    case_id TEXT REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    facilitator_1 TEXT,
    facilitator_2 TEXT,
    presenter TEXT,
    next_date TEXT,
    checked TEXT NOT NULL,
    note TEXT NOT NULL
);

CREATE INDEX meetings_by_case ON meetings (case_id);

-- How far a meeting has come: the step it is in, and the seconds spent in each.
CREATE TABLE progress (
    meeting TEXT PRIMARY KEY NOT NULL REFERENCES meetings (id) DEFERRABLE INITIALLY DEFERRED,
    step INTEGER NOT NULL,
    spent TEXT NOT NULL,
    started_at TEXT,
    ended_at TEXT
);

CREATE TABLE participants (
    id TEXT PRIMARY KEY NOT NULL,
    meeting TEXT NOT NULL REFERENCES meetings (id) DEFERRABLE INITIALLY DEFERRED,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    profession TEXT NOT NULL,
    organisation TEXT NOT NULL,
    department TEXT NOT NULL,
    involved INTEGER,
    first_time INTEGER,
    came_late INTEGER NOT NULL,
    left_early INTEGER NOT NULL
);

CREATE INDEX participants_by_meeting ON participants (meeting);

-- The keywords on the twigs of the map.
CREATE TABLE nodes (
    id TEXT PRIMARY KEY NOT NULL,
    meeting TEXT NOT NULL REFERENCES meetings (id) DEFERRABLE INITIALLY DEFERRED,
    branch TEXT NOT NULL,
    parent TEXT,
    rank INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    said TEXT NOT NULL,
    speaker TEXT,
    step TEXT NOT NULL,
    number INTEGER NOT NULL,
    at TEXT NOT NULL
);

-- With the kind in it, counting entries and issues never reads the rows themselves.
CREATE INDEX nodes_by_meeting ON nodes (meeting, kind);

-- Cause and effect: from_node brings about to_node.
CREATE TABLE links (
    id TEXT PRIMARY KEY NOT NULL,
    meeting TEXT NOT NULL REFERENCES meetings (id) DEFERRABLE INITIALLY DEFERRED,
    from_node TEXT NOT NULL REFERENCES nodes (id) DEFERRABLE INITIALLY DEFERRED,
    to_node TEXT NOT NULL REFERENCES nodes (id) DEFERRABLE INITIALLY DEFERRED,
    label TEXT NOT NULL,
    at TEXT NOT NULL
);

CREATE INDEX links_by_meeting ON links (meeting);
-- Without these two, removing a node would read every link to see whether one still ends there.
CREATE INDEX links_by_from ON links (from_node);
CREATE INDEX links_by_to ON links (to_node);

CREATE TABLE actions (
    id TEXT PRIMARY KEY NOT NULL,
    meeting TEXT NOT NULL REFERENCES meetings (id) DEFERRABLE INITIALLY DEFERRED,
    issue TEXT,
    what TEXT NOT NULL,
    who TEXT NOT NULL,
    until_words TEXT NOT NULL,
    until_date TEXT,
    check_how TEXT NOT NULL,
    priority TEXT,
    status TEXT NOT NULL,
    outcome TEXT NOT NULL,
    rank INTEGER NOT NULL
);

CREATE INDEX actions_by_meeting ON actions (meeting, status);
-- What is due is asked for at every start.
CREATE INDEX actions_by_status ON actions (status, until_date, id);

CREATE TABLE regional_issues (
    id TEXT PRIMARY KEY NOT NULL,
    meeting TEXT NOT NULL REFERENCES meetings (id) DEFERRABLE INITIALLY DEFERRED,
    statement TEXT NOT NULL,
    scenes TEXT NOT NULL,
    categories TEXT NOT NULL,
    function TEXT NOT NULL,
    level TEXT NOT NULL,
    area TEXT NOT NULL,
    gap TEXT NOT NULL,
    priority TEXT,
    priority_reason TEXT NOT NULL,
    measures TEXT NOT NULL,
    responsible TEXT NOT NULL,
    due_words TEXT NOT NULL,
    due_date TEXT,
    status TEXT NOT NULL,
    reflected TEXT NOT NULL,
    reflected_reason TEXT NOT NULL,
    evaluation TEXT NOT NULL,
    confirmed INTEGER NOT NULL,
    rank INTEGER NOT NULL
);

CREATE INDEX regional_issues_by_meeting ON regional_issues (meeting);

-- Where a regional issue shows: a meeting, and an entry of its map.
CREATE TABLE evidence (
    id TEXT PRIMARY KEY NOT NULL,
    issue TEXT NOT NULL REFERENCES regional_issues (id) DEFERRABLE INITIALLY DEFERRED,
    meeting TEXT NOT NULL REFERENCES meetings (id) DEFERRABLE INITIALLY DEFERRED,
    node TEXT
);

CREATE INDEX evidence_by_meeting ON evidence (meeting);
CREATE INDEX evidence_by_issue ON evidence (issue);

CREATE TABLE reflections (
    id TEXT PRIMARY KEY NOT NULL,
    meeting TEXT NOT NULL REFERENCES meetings (id) DEFERRABLE INITIALLY DEFERRED,
    speaker TEXT,
    question TEXT NOT NULL,
    text TEXT NOT NULL,
    rank INTEGER NOT NULL
);

CREATE INDEX reflections_by_meeting ON reflections (meeting);

-- Every edit in the order it was saved. The changes of all lines, applied in order, give what stands in the tables above.
-- act is do, quiet, undo or redo; of is the edit an undo takes back or a redo does again.
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    edit TEXT NOT NULL UNIQUE,
    meeting TEXT,
    at TEXT NOT NULL,
    act TEXT NOT NULL,
    of TEXT,
    label TEXT NOT NULL,
    changes TEXT NOT NULL
);

CREATE INDEX journal_by_meeting ON journal (meeting);

-- Where the user was and what stood half-typed: one row of the screen's own words.
CREATE TABLE bookmark (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    text TEXT NOT NULL
);
