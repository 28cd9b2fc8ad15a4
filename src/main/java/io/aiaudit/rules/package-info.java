/**
 * Rules: folders of YAML and SQL, read, checked, confined and run on a locked store. Says which share of a cost
 * remains; never handles money.
 */
package io.aiaudit.rules;
