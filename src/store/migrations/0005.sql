-- The idea that became an action. It may go from the map: no foreign key.
ALTER TABLE actions ADD COLUMN idea TEXT;
