/** Reads AWS: the bills, the machines and what they did, of one account or an organization. Only read operations, those of permissions.txt. */
package io.aiaudit.collect.aws;
