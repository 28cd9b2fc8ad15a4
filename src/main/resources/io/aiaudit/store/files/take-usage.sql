-- A utilization above 1 is a percentage, and then all of its series is one: the rows that can be read are the quiet hours, and alone they would make a busy machine look
-- idle. The series is remembered and left out when all files are read (Percentages).
INSERT INTO work.percentages SELECT DISTINCT resource_id, metric FROM work.usage_rows WHERE bad IS NOT NULL AND is_ratio(metric) AND (average > 1 OR maximum > 1);

DELETE FROM work.usage_rows WHERE bad IS NOT NULL;
