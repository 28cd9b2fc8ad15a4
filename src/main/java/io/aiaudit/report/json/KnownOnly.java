package io.aiaudit.report.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aiaudit.model.OneOff;

/** Mixed into the records by Jackson: what only some audits have is left out of the others. */
interface KnownOnly {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    OneOff oneOff();
}
