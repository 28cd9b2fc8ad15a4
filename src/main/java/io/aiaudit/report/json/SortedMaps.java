package io.aiaudit.report.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.aiaudit.model.Audit.DailyUse;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Mixed into the records by Jackson: maps without an order of their own are written by key. Evidence keeps the order of
 * the rule's columns.
 */
interface SortedMaps {
    @JsonFormat(with = JsonFormat.Feature.WRITE_SORTED_MAP_ENTRIES)
    Map<String, BigDecimal> savingByBasis();

    @JsonFormat(with = JsonFormat.Feature.WRITE_SORTED_MAP_ENTRIES)
    Map<String, String> tags();

    @JsonFormat(with = JsonFormat.Feature.WRITE_SORTED_MAP_ENTRIES)
    Map<String, List<Double>> hourOfWeek();

    @JsonFormat(with = JsonFormat.Feature.WRITE_SORTED_MAP_ENTRIES)
    Map<String, DailyUse> daily();

    @JsonFormat(with = JsonFormat.Feature.WRITE_SORTED_MAP_ENTRIES)
    Map<String, Integer> notExaminedReasons();

    @JsonFormat(with = JsonFormat.Feature.WRITE_SORTED_MAP_ENTRIES)
    Map<String, BigDecimal> notExaminedCost();
}
