package io.aiaudit.model;

import java.math.BigDecimal;

/**
 * A cloud's own recommendation for a resource, shown beside ours and never added to it. The saving is per month, null
 * when the cloud gives none.
 */
public record Advice(String resourceId, String source, String recommendation, BigDecimal monthlySaving) {}
