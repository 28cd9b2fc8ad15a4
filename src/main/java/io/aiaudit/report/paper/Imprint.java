package io.aiaudit.report.paper;

import java.time.Instant;

/**
 * The content of every page, and what a reader of files shows about the document.
 *
 * @param head at the left of the head of each page
 * @param headRight at its right
 * @param foot at the left of the foot, beside the number of the page
 * @param accent of rules and bars as red, green and blue; null = that of the house
 * @param made when the audit was made, never the hour of printing: the same content gives the same bytes
 */
public record Imprint(
        String title, String producer, String head, String headRight, String foot, Integer accent, Instant made) {}
