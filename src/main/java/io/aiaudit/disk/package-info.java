/**
 * Files of a run on disk: private until they are whole, published together, and cleaned up by the next run where a run
 * was killed.
 */
package io.aiaudit.disk;
