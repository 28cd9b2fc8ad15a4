/** Reads sources of facts. A collector knows its API and nothing about threads, retries, progress or failure. */
package io.aiaudit.collect;
