-- From one case to the region: whose meeting it is, when an action was settled, the way of a regional issue, the plan of a year
-- and what its review writes down; and what lets the records of several machines be put together.
--
-- versions is a JSON list: the moments, in milliseconds since 1970, of the edits that made the row what it is.

ALTER TABLE meetings ADD COLUMN town TEXT NOT NULL DEFAULT '';
ALTER TABLE actions ADD COLUMN settled TEXT;

-- The day is what a review asks for first.
CREATE INDEX meetings_by_date ON meetings (date);
CREATE INDEX meetings_by_town ON meetings (town, date);

CREATE TABLE escalations (
    id TEXT PRIMARY KEY NOT NULL,
    issue TEXT NOT NULL REFERENCES regional_issues (id) DEFERRABLE INITIALLY DEFERRED,
    meeting TEXT NOT NULL REFERENCES meetings (id) DEFERRABLE INITIALLY DEFERRED,
    date TEXT,
    level TEXT NOT NULL,
    decision TEXT NOT NULL,
    reason TEXT NOT NULL,
    remaining TEXT NOT NULL,
    versions TEXT NOT NULL DEFAULT '[]'
);

CREATE INDEX escalations_by_meeting ON escalations (meeting);
CREATE INDEX escalations_by_issue ON escalations (issue);

-- An issue of another meeting may come later than what shows it, or not at all: no foreign key.
CREATE TABLE evidence_now (
    id TEXT PRIMARY KEY NOT NULL,
    issue TEXT NOT NULL,
    meeting TEXT NOT NULL REFERENCES meetings (id) DEFERRABLE INITIALLY DEFERRED,
    node TEXT,
    versions TEXT NOT NULL DEFAULT '[]'
);
INSERT INTO evidence_now (id, issue, meeting, node) SELECT id, issue, meeting, node FROM evidence;
DROP TABLE evidence;
ALTER TABLE evidence_now RENAME TO evidence;
CREATE INDEX evidence_by_meeting ON evidence (meeting);
CREATE INDEX evidence_by_issue ON evidence (issue);

CREATE TABLE slots (
    id TEXT PRIMARY KEY NOT NULL,
    town TEXT NOT NULL,
    year INTEGER NOT NULL,
    format TEXT NOT NULL,
    date TEXT,
    moved_from TEXT,
    presenter TEXT NOT NULL,
    meeting TEXT,
    cancelled INTEGER NOT NULL,
    note TEXT NOT NULL,
    rank INTEGER NOT NULL,
    versions TEXT NOT NULL DEFAULT '[]'
);

CREATE TABLE passages (
    id TEXT PRIMARY KEY NOT NULL,
    town TEXT NOT NULL,
    year INTEGER NOT NULL,
    subject TEXT NOT NULL,
    aspect TEXT NOT NULL,
    text TEXT NOT NULL,
    versions TEXT NOT NULL DEFAULT '[]'
);

ALTER TABLE cases ADD COLUMN versions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE meetings ADD COLUMN versions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE progress ADD COLUMN versions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE participants ADD COLUMN versions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE nodes ADD COLUMN versions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE links ADD COLUMN versions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE actions ADD COLUMN versions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE regional_issues ADD COLUMN versions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE reflections ADD COLUMN versions TEXT NOT NULL DEFAULT '[]';

-- What was taken away: which record, never what stood in it.
CREATE TABLE removed (
    record TEXT NOT NULL,
    id TEXT NOT NULL,
    meeting TEXT,
    versions TEXT NOT NULL,
    PRIMARY KEY (id, record)
) WITHOUT ROWID;

CREATE INDEX removed_by_meeting ON removed (meeting);

-- Two texts of one record that were written without knowing of each other, when they met: the newer one stands, the other is here.
CREATE TABLE conflicts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL,
    id TEXT NOT NULL,
    meeting TEXT,
    found_at TEXT NOT NULL,
    words TEXT NOT NULL,
    kept TEXT,
    other TEXT,
    UNIQUE (record, id, other)
);

-- When each row was written, as the journal tells it.
CREATE TABLE told (record TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (record, id, at)) WITHOUT ROWID;
INSERT OR IGNORE INTO told
SELECT json_extract(c.value, '$.after.table'), json_extract(c.value, '$.after.row.id'),
    CAST(round((julianday(j.at) - 2440587.5) * 86400000.0) AS INTEGER)
FROM journal j, json_each(j.changes) c WHERE json_extract(c.value, '$.after') IS NOT NULL;

UPDATE cases SET versions = (SELECT json_group_array(at) FROM told t WHERE t.record = 'case' AND t.id = cases.id);
UPDATE meetings SET versions = (SELECT json_group_array(at) FROM told t WHERE t.record = 'meeting' AND t.id = meetings.id);
UPDATE progress SET versions = (SELECT json_group_array(at) FROM (SELECT max(at) AS at FROM told t WHERE t.record = 'progress' AND t.id = progress.meeting) WHERE at IS NOT NULL);
UPDATE participants SET versions = (SELECT json_group_array(at) FROM told t WHERE t.record = 'participant' AND t.id = participants.id);
UPDATE nodes SET versions = (SELECT json_group_array(at) FROM told t WHERE t.record = 'node' AND t.id = nodes.id);
UPDATE links SET versions = (SELECT json_group_array(at) FROM told t WHERE t.record = 'link' AND t.id = links.id);
UPDATE actions SET versions = (SELECT json_group_array(at) FROM told t WHERE t.record = 'action' AND t.id = actions.id);
UPDATE regional_issues SET versions = (SELECT json_group_array(at) FROM told t WHERE t.record = 'regional_issue' AND t.id = regional_issues.id);
UPDATE evidence SET versions = (SELECT json_group_array(at) FROM told t WHERE t.record = 'evidence' AND t.id = evidence.id);
UPDATE reflections SET versions = (SELECT json_group_array(at) FROM told t WHERE t.record = 'reflection' AND t.id = reflections.id);
DROP TABLE told;
