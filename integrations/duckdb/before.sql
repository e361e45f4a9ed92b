-- Writes the table `patients` to `patients.csv`. The running number distinguishes rows, also if an id is missing or
-- there twice. Replace `*` by the id and the columns that hold answers: fewer columns are quicker.
CREATE OR REPLACE TABLE patients_numbered AS
SELECT row_number() OVER () AS candidacy_row, * FROM patients;

COPY patients_numbered TO 'patients.csv' (FORMAT csv, HEADER true, DELIMITER ',', DATEFORMAT '%Y-%m-%d');
