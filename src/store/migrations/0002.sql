-- Questions marked by hand as asked (true) or still open (false), and who passed in the round of the current step.
ALTER TABLE progress ADD COLUMN asked TEXT NOT NULL DEFAULT '{}';
ALTER TABLE progress ADD COLUMN passed TEXT NOT NULL DEFAULT '[]';
