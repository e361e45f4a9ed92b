-- Reads `verdicts.csv`, checks that each row has come back once, and makes the table `patients_screened`.
CREATE OR REPLACE TABLE candidacy_verdicts AS
SELECT * REPLACE (candidacy_row::BIGINT AS candidacy_row, eligible_from::DATE AS eligible_from)
FROM read_csv('verdicts.csv', header = true, delim = ',', quote = '"', escape = '"', all_varchar = true);

SELECT CASE
    WHEN (SELECT count(*) FROM candidacy_verdicts) <> (SELECT count(*) FROM patients_numbered)
    THEN error('candidacy: the number of verdicts is not the number of patients')
    WHEN EXISTS (FROM patients_numbered ANTI JOIN candidacy_verdicts USING (candidacy_row))
    THEN error('candidacy: a patient has no verdict')
    WHEN EXISTS (FROM candidacy_verdicts WHERE verdict IS NULL)
    THEN error('candidacy: a verdict is empty')
    ELSE 'each patient has one verdict'
END AS checked;

CREATE OR REPLACE TABLE patients_screened AS
SELECT * EXCLUDE (candidacy_row) FROM patients_numbered JOIN candidacy_verdicts USING (candidacy_row)
ORDER BY candidacy_row;
