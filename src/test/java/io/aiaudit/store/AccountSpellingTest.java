package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.ResourceIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts are compared in one spelling, in Java and in SQL. */
class AccountSpellingTest {
    private static final Path SCRIPTS = Path.of("src/main/resources/io/aiaudit/store");

    /** A column with an account that is an operand as it is. */
    private static final Pattern RAW = Pattern.compile(
            "(?<![(\\w.])(?:\\w+\\.)?(?:account_id|SubAccountId|BillingAccountId)\\s*(?:=|<>)\\s*\\w|(?:=|<>)\\s*"
                    + "(?:\\w+\\.)(?:account_id|SubAccountId|BillingAccountId)\\b");

    private static final Pattern KEYED = Pattern.compile("account_key\\((?:coalesce\\()?[^()]*\\)");

    /** Where an account as it is written is shown, or gets its key in a later step. */
    private static final Set<String> SHOWN = Set.of(
            "billed-together.sql",
            "billed-resources.sql",
            "calls.sql",
            "charges.sql",
            "commitments.sql",
            "compliance-costs.sql",
            "cut-bills.sql");

    @ParameterizedTest
    @CsvSource({
        "/subscriptions/AAAA-1, aaaa-1",
        "/providers/Microsoft.Billing/billingAccounts/12345, 12345",
        "/providers/Microsoft.Billing/billingAccounts/a:b_2019-05-31/billingProfiles/P, a:b_2019-05-31",
        "12345678901, 012345678901",
        "12345678901.0, 012345678901",
        "012345678901, 012345678901",
        "0123-4567-8901, 012345678901",
        "My-Project, my-project",
        "/other/Path, /other/path",
        "12345, 12345"
    })
    void an_account_has_one_key_in_java_and_in_sql(String written, String key) {
        assertThat(ResourceIds.accountKey(written)).isEqualTo(key);
        try (Sql sql = Sql.open("", new Properties())) {
            sql.script("ids.sql");
            assertThat(sql.value("SELECT account_key(?)", written)).isEqualTo(key);
        }
    }

    private static String statements(Path script) {
        try {
            return Files.readString(script).replaceAll("--.*", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void no_script_compares_accounts_as_they_are_written() throws IOException {
        try (Stream<Path> scripts = Files.walk(SCRIPTS)) {
            List<String> raw = scripts.filter(script -> script.toString().endsWith(".sql"))
                    .filter(script -> RAW.matcher(statements(script)).find())
                    .map(script -> script.getFileName().toString())
                    .toList();
            assertThat(raw).isEmpty();
        }
    }

    /** A column under another name, in a hash or in a group is compared as well. */
    @Test
    void scripts_about_all_files_read_accounts_by_their_keys() throws IOException {
        for (String step : List.of("finish", "read")) {
            try (Stream<Path> scripts = Files.walk(SCRIPTS.resolve(step))) {
                assertThat(scripts.filter(Files::isRegularFile)
                                .filter(script -> KEYED.matcher(statements(script))
                                        .replaceAll("")
                                        .contains("AccountId"))
                                .map(script -> script.getFileName().toString()))
                        .isSubsetOf(SHOWN);
            }
        }
    }

    @Test
    void what_looks_for_the_same_bill_knows_accounts_by_their_keys_only() throws IOException {
        try (Stream<Path> scripts = Files.walk(SCRIPTS.resolve("finish/overlap"))) {
            assertThat(scripts.filter(Files::isRegularFile))
                    .allSatisfy(script -> assertThat(
                                    KEYED.matcher(statements(script)).replaceAll(""))
                            .doesNotContain("AccountId"));
        }
    }
}
