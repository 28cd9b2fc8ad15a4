/**
 * A thin client for services with JSON over HTTP: fence, counting, retries, pace and pages, the same for every
 * cloud that is called without a library of its own.
 */
package io.aiaudit.collect.rest;
