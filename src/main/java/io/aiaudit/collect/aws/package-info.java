/**
 * Reads AWS: the bills, the machines and what they did, of one account or an organization. Only read operations, those
 * that its collectors declare.
 */
package io.aiaudit.collect.aws;
