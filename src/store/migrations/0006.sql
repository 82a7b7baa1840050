-- What was typed into fields that cannot hold it.
ALTER TABLE cases ADD COLUMN aside TEXT NOT NULL DEFAULT '[]';
ALTER TABLE meetings ADD COLUMN aside TEXT NOT NULL DEFAULT '[]';
ALTER TABLE actions ADD COLUMN aside TEXT NOT NULL DEFAULT '[]';
ALTER TABLE regional_issues ADD COLUMN aside TEXT NOT NULL DEFAULT '[]';
ALTER TABLE slots ADD COLUMN aside TEXT NOT NULL DEFAULT '[]';
