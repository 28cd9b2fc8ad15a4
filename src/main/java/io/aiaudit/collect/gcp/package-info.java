/** Reads Google Cloud: the bill in BigQuery, what there is in each project, and what it does. */
package io.aiaudit.collect.gcp;
