-- What a yearly review asks for.
CREATE INDEX slots_by_year ON slots (year, town);
CREATE INDEX passages_by_year ON passages (year, town);
CREATE INDEX escalations_by_date ON escalations (date);

-- With who said it, counting the words of each profession never reads the rows themselves.
DROP INDEX nodes_by_meeting;
CREATE INDEX nodes_by_meeting ON nodes (meeting, kind, speaker);
