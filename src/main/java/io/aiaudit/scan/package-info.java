/** The pipeline, from what the user wants to a finished audit: the only package that knows the order of the steps. */
package io.aiaudit.scan;
