/**
 * The facts that flow through an audit. This package imports nothing else of aiaudit; every step sees it and no other
 * step.
 */
package io.aiaudit.model;
