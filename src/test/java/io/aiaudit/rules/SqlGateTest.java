package io.aiaudit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiaudit.model.RuleOutcome;
import io.aiaudit.model.Window;
import io.aiaudit.store.EmptyStore;
import io.aiaudit.store.LockedStore;
import io.aiaudit.store.StoreLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way out is tried through {@link RuleRun} on a store in a file, beside a file that must stay unread. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlGateTest {
    private static final String SECRET = "the-password-is-swordfish";

    private Path folder;

    private LockedStore store;
    private RuleRun run;
    private Map<String, String> filesBefore;

    @BeforeAll
    void openStore(@TempDir Path shared) throws Exception {
        folder = shared;
        Files.writeString(folder.resolve("secret.csv"), "word\n" + SECRET + "\n");
        Path file = folder.resolve("audit.aiaudit");
        EmptyStore.write(file);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO config VALUES ('word', '" + SECRET + "');"
                    + "INSERT INTO resources (resource_id, kind, provider, name, tags) VALUES ('i-1', 'instance', "
                    + "'aws', '"
                    + SECRET
                    + "', MAP {'team': 'a'}), ('v-1', 'volume', 'aws', '" + SECRET + "', NULL);"
                    + "INSERT INTO metrics SELECT r, 'cpu_utilization', TIMESTAMP '2026-06-01' + to_hours(h), 0.5, "
                    + "0.75, NULL, 60 FROM unnest(['i-1', 'v-1']) u(r), range(168) t(h);"
                    + "CREATE VIEW subject_too AS FROM resources; CREATE SEQUENCE counter; CREATE MACRO leak() AS "
                    + "TABLE FROM config;CREATE MACRO word() AS (SELECT max(value) FROM config)");
        }
        store = LockedStore.open(file, new StoreLimits(256, 1, folder.resolve("spill")));
        run = new RuleRun(store, Window.parse("2026-06-01/2026-06-08"), Map.of(), Map.of());
        filesBefore = files();
    }

    @AfterAll
    void closeStore() {
        store.close();
    }

    private Map<String, String> files() throws Exception {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(path.toString(), Arrays.hashCode(Files.readAllBytes(path)) + "");
            }
        }
        return files;
    }

    static Rule rule(String sql) {
        return RuleBuilder.builder()
                .id("instance-odd")
                .title("Title")
                .summary("Summary.")
                .appliesTo(List.of("instance"))
                .needs(List.of(new Need(List.of("cpu_utilization"))))
                .minDays(7)
                .minCoverage(0.9)
                .params(Map.of("max_days", new Parameter("max_days", 3L, null, null, "A limit.")))
                .saves(java.util.Set.of(io.aiaudit.model.Component.TIME))
                .asks(java.util.Set.of())
                .proof(io.aiaudit.model.Proof.ARITHMETIC)
                .lever(io.aiaudit.model.Lever.ELIMINATE)
                .remedies(Map.of(
                        "stop",
                        RemedyChoiceBuilder.builder()
                                .name("stop")
                                .action("Stop it.")
                                .effort("low")
                                .speed("none")
                                .compliance("none")
                                .feasibleWhen(Map.of())
                                .commands(Map.of())
                                .terraform(Map.of())
                                .build()))
                .references(List.of())
                .checklist(List.of())
                .folder("instance-odd")
                .sql(sql)
                .readme("")
                .tests("")
                .build();
    }

    static Stream<String> waysOut() {
        return """
                other tables ;; SELECT value AS resource_id, 0 AS remaining FROM config ;; there is no relation "config"
                the whole inventory ;; SELECT resource_id, 0 AS remaining FROM resources \
                ;; there is no relation "resources"
                a view in a foreign store ;; SELECT resource_id, 0 AS remaining FROM subject_too \
                ;; there is no relation "subject_too"
                a table macro of a foreign store ;; SELECT key AS resource_id, 0 AS remaining FROM leak() \
                ;; the table function leak() is refused
                a macro of a foreign store ;; SELECT resource_id, 0 AS remaining, word() FROM subject \
                ;; the function word() is refused
                a schema ;; SELECT resource_id, 0 AS remaining FROM main.subject ;; with a schema is refused
                a catalog ;; SELECT key AS resource_id, 0 AS remaining FROM audit.main.config \
                ;; with a schema is refused
                our own tables ;; SELECT resource_id, 0 AS remaining FROM aiaudit_lifetimes ;; there is no relation
                information_schema ;; SELECT table_name AS resource_id, 0 AS remaining FROM information_schema.tables \
                ;; with a schema is refused
                the catalog's own views ;; SELECT name AS resource_id, 0 AS remaining FROM sqlite_master \
                ;; there is no relation
                duckdb_settings ;; SELECT value AS resource_id, 0 AS remaining FROM duckdb_settings() \
                ;; the table function duckdb_settings() is refused
                duckdb_databases ;; SELECT path AS resource_id, 0 AS remaining FROM duckdb_databases \
                ;; there is no relation
                a subquery in WHERE ;; SELECT resource_id, 0 AS remaining FROM subject WHERE name IN (SELECT value \
                FROM config) ;; there is no relation "config"
                a scalar subquery ;; SELECT resource_id, 0 AS remaining, (SELECT max(value) FROM config) FROM subject \
                ;; there is no relation "config"
                a lateral join ;; SELECT resource_id, 0 AS remaining FROM subject, LATERAL (SELECT value FROM config) \
                ;; there is no relation "config"
                a set operation ;; SELECT resource_id, 0 AS remaining FROM subject UNION ALL SELECT value, 0 FROM \
                config ;; there is no relation "config"
                a table that hides itself ;; WITH config AS (SELECT * FROM config) SELECT value AS resource_id, 0 AS \
                remaining FROM config ;; there is no relation "config"
                a table out of its scope ;; SELECT c.value AS resource_id, 0 AS remaining FROM (WITH config AS (SELECT \
                1) SELECT 1) x, config c ;; there is no relation "config"
                a table before its time ;; WITH a AS (SELECT * FROM config), config AS (SELECT 1 AS value) SELECT \
                value AS resource_id, 0 AS remaining FROM a ;; there is no relation "config"
                a file ;; SELECT word AS resource_id, 0 AS remaining FROM 'FOLDER/secret.csv' ;; there is no relation
                read_csv ;; SELECT word AS resource_id, 0 AS remaining FROM read_csv('FOLDER/secret.csv') \
                ;; the table function read_csv() is refused
                read_text ;; SELECT content AS resource_id, 0 AS remaining FROM read_text('FOLDER/secret.csv') \
                ;; the table function read_text() is refused
                glob ;; SELECT file AS resource_id, 0 AS remaining FROM glob('FOLDER/*') \
                ;; the table function glob() is refused
                query ;; SELECT * FROM query('SELECT value AS resource_id, 0 AS remaining FROM config') \
                ;; the table function query() is refused
                query_table ;; SELECT * FROM query_table('config') ;; the table function query_table() is refused
                serialized SQL ;; SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT * FROM \
                config')) ;; the table function json_execute_serialized_sql() is refused
                a log ;; SELECT resource_id, 0 AS remaining FROM enable_logging() \
                ;; the table function enable_logging() is refused
                generate_series ;; SELECT 'i-1' AS resource_id, 0 AS remaining FROM generate_series(1, 1) \
                ;; the table function generate_series() is refused
                two statements ;; SELECT resource_id, 0 AS remaining FROM subject; DROP TABLE subject \
                ;; a rule is one SELECT
                two selects ;; SELECT resource_id, 0 AS remaining FROM subject; SELECT 1 \
                ;; a rule is one SELECT, found 2 statements
                COPY ;; COPY (SELECT * FROM subject) TO 'FOLDER/out.csv' ;; a rule is one SELECT
                COPY to the log of changes ;; COPY (SELECT 1) TO 'FOLDER/audit.aiaudit.wal' ;; a rule is one SELECT
                COPY in another statement ;; SELECT 1; COPY (SELECT 1) TO 'FOLDER/spill/out.csv' ;; a rule is one SELECT
                breaking out of parentheses ;; SELECT 1 ) LIMIT 1; COPY (SELECT 1) TO 'FOLDER/out.csv'; SELECT * FROM \
                (SELECT 1 ;; syntax error
                INSERT ;; INSERT INTO resources (resource_id) VALUES ('x') ;; a rule is one SELECT
                INSERT inside WITH ;; WITH x AS (INSERT INTO config VALUES ('a', 'b') RETURNING key) SELECT key AS \
                resource_id, 0 AS remaining FROM x ;; INSERT_QUERY_NODE is refused
                CREATE ;; CREATE OR REPLACE TEMP VIEW subject AS SELECT 1 ;; a rule is one SELECT
                ATTACH ;; ATTACH 'FOLDER/other.db' ;; a rule is one SELECT
                SET ;; SET lock_configuration=false ;; a rule is one SELECT
                PRAGMA ;; PRAGMA database_list ;; a rule is one SELECT
                CALL ;; CALL pragma_version() ;; a rule is one SELECT
                LOAD ;; LOAD json ;; a rule is one SELECT
                EXPLAIN ;; EXPLAIN SELECT 1 ;; a rule is one SELECT
                SHOW ;; SHOW TABLES ;; SHOW, DESCRIBE and SUMMARIZE are refused
                DESCRIBE inside ;; SELECT column_name AS resource_id, 0 AS remaining FROM (DESCRIBE subject) \
                ;; SHOW, DESCRIBE and SUMMARIZE are refused
                SUMMARIZE ;; SUMMARIZE subject ;; SHOW, DESCRIBE and SUMMARIZE are refused
                PIVOT ;; PIVOT subject ON kind USING count(*) ;; PIVOT
                UNPIVOT ;; UNPIVOT subject ON name, kind INTO NAME resource_id VALUE remaining \
                ;; PIVOT and UNPIVOT are refused
                a variable ;; SELECT resource_id, 0 AS remaining, getvariable('x') FROM subject \
                ;; the function getvariable() is refused
                a setting ;; SELECT resource_id, 0 AS remaining, current_setting('temp_directory') FROM subject \
                ;; the function current_setting() is refused
                the environment ;; SELECT resource_id, 0 AS remaining, getenv('HOME') FROM subject \
                ;; the function getenv() is refused
                a sequence ;; SELECT resource_id, nextval('counter') AS remaining FROM subject \
                ;; the function nextval() is refused
                the session ;; SELECT resource_id, 0 AS remaining, current_user FROM subject ;; current_user is refused
                the version ;; SELECT resource_id, 0 AS remaining, version() FROM subject \
                ;; the function version() is refused
                a sleep ;; SELECT resource_id, 0 AS remaining, pg_sleep(100) FROM subject \
                ;; the function pg_sleep() is refused
                a log entry ;; SELECT resource_id, 0 AS remaining, write_log('x') FROM subject \
                ;; the function write_log() is refused
                a function with its schema ;; SELECT resource_id, 0 AS remaining, main.word() FROM subject \
                ;; a function with a name before it is refused
                a function behind a column ;; SELECT resource_id, 0 AS remaining, name.upper() FROM subject \
                ;; write upper(x) instead of x.upper()
                a parameter ;; SELECT resource_id, ? AS remaining FROM subject ;; ? and $1 are refused
                now ;; SELECT resource_id, 0 AS remaining, now() FROM subject ;; the function now() is refused
                current_date ;; SELECT resource_id, 0 AS remaining, CURRENT_DATE FROM subject ;; current_date is refused
                current_timestamp, quoted ;; SELECT resource_id, 0 AS remaining, "current_timestamp" FROM subject \
                ;; current_timestamp is refused
                the age of something ;; SELECT resource_id, 0 AS remaining, age(created_at) FROM subject \
                ;; the function age() is refused
                random ;; SELECT resource_id, random() AS remaining FROM subject ;; the function random() is refused
                uuid ;; SELECT resource_id, 0 AS remaining, uuid() FROM subject ;; the function uuid() is refused
                a sample of a table ;; SELECT resource_id, 0 AS remaining FROM subject TABLESAMPLE 50% \
                ;; a sample is refused
                a sample of the result ;; SELECT resource_id, 0 AS remaining FROM subject USING SAMPLE 1 \
                ;; a sample is refused
                any_value ;; SELECT resource_id, any_value(average) AS remaining FROM metrics GROUP BY resource_id \
                ;; any_value() without ORDER BY is refused
                first ;; SELECT resource_id, first(average) AS remaining FROM metrics GROUP BY resource_id \
                ;; first() without ORDER BY is refused
                list ;; SELECT resource_id, 0 AS remaining, list(hour) FROM metrics GROUP BY resource_id \
                ;; list() without ORDER BY is refused
                arg_max ;; SELECT resource_id, 0 AS remaining, arg_max(hour, average) FROM metrics GROUP BY ALL \
                ;; arg_max() without ORDER BY is refused
                lag ;; SELECT resource_id, 0 AS remaining, lag(hour) OVER () FROM metrics \
                ;; lag() without ORDER BY is refused
                row_number ;; SELECT resource_id, 0 AS remaining FROM metrics QUALIFY row_number() OVER (PARTITION BY \
                resource_id) = 1 ;; row_number() without ORDER BY is refused
                LIMIT ;; SELECT resource_id, 0 AS remaining FROM subject LIMIT 1 \
                ;; LIMIT and DISTINCT ON without ORDER BY
                DISTINCT ON ;; SELECT DISTINCT ON (kind) resource_id, 0 AS remaining FROM subject \
                ;; LIMIT and DISTINCT ON without ORDER BY
                POSITIONAL JOIN ;; SELECT subject.resource_id, 0 AS remaining FROM subject POSITIONAL JOIN metrics \
                ;; POSITIONAL JOIN is refused
                rowid ;; SELECT resource_id, 0 AS remaining, subject.rowid FROM subject ;; rowid is refused
                an endless recursion ;; WITH RECURSIVE t AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM t) SELECT 'i-1' \
                AS resource_id, 0 AS remaining FROM t ;; WITH RECURSIVE
                another time ;; SELECT resource_id, 0 AS remaining FROM subject AT (VERSION => 1) ;; AT is refused
                an empty file ;;  ;; a rule is one SELECT
                """.lines();
    }

    @ParameterizedTest
    @MethodSource("waysOut")
    void a_way_out_is_refused_and_leaves_no_trace(String line) throws Exception {
        String[] parts = line.split(";; ?", -1);
        RuleOutcome outcome = run.run(rule(parts[1].strip().replace("FOLDER", folder.toString())), Map.of());

        assertThat(outcome).as(parts[0]).isInstanceOf(RuleOutcome.Failed.class);
        assertThat(((RuleOutcome.Failed) outcome).problem())
                .contains(parts[2].strip())
                .doesNotContain(SECRET)
                .startsWith("instance-odd/rule.sql");
        assertThat(files()).isEqualTo(filesBefore);
        assertThat(run.run(rule("SELECT resource_id, 0 AS remaining FROM subject"), Map.of()))
                .as("the next rule runs")
                .isInstanceOf(RuleOutcome.Evaluated.class);
    }

    static Stream<String> legitimate() {
        return """
                SELECT resource_id, 0 AS remaining FROM subject
                FROM subject SELECT resource_id, 0.5 AS remaining;
                WITH a AS (SELECT * FROM subject), b AS MATERIALIZED (FROM a) SELECT resource_id, 0 AS remaining FROM \
                b -- a comment
                WITH config AS (SELECT resource_id FROM subject) SELECT resource_id, 0 AS remaining FROM config
                WITH A AS (FROM subject) SELECT resource_id, 0 AS remaining FROM a WHERE EXISTS (FROM A)
                SELECT resource_id, 0 AS remaining FROM (WITH x AS (FROM subject) SELECT * FROM x)
                SELECT resource_id, avg(average) AS remaining FROM metrics GROUP BY ALL
                SELECT resource_id, 0 AS remaining, quantile_cont(average, 0.95) AS p95, median(average), \
                histogram(average), mode(average ORDER BY average) FROM metrics GROUP BY resource_id
                SELECT resource_id, 0 AS remaining, list(hour ORDER BY hour)[1:3] AS first_hours, string_agg(metric, \
                ',' ORDER BY hour)[1] FROM metrics GROUP BY resource_id
                SELECT resource_id, 0 AS remaining, arg_max(hour, average ORDER BY hour) AS peak, any_value(average \
                ORDER BY hour) FROM metrics GROUP BY resource_id
                SELECT resource_id, 0 AS remaining, hour FROM metrics QUALIFY row_number() OVER (PARTITION BY \
                resource_id ORDER BY average DESC, hour) = 1
                SELECT resource_id, 0 AS remaining FROM metrics WINDOW w AS (PARTITION BY resource_id ORDER BY hour) \
                QUALIFY lag(hour) OVER w IS NULL
                SELECT DISTINCT ON (resource_id) resource_id, 0 AS remaining, hour FROM metrics ORDER BY resource_id, \
                hour
                SELECT s.resource_id, 0 AS remaining FROM subject s LEFT JOIN spend p USING (resource_id) JOIN policy \
                q USING (resource_id), param
                SELECT resource_id, 0 AS remaining FROM subject SEMI JOIN metrics USING (resource_id) WHERE name NOT \
                IN (SELECT machine_type FROM offers WHERE machine_type IS NOT NULL)
                SELECT resource_id, 0 AS remaining, tags['team'] AS team, map_keys(tags), {'a': 1, 'b': [1, 2]} AS s \
                FROM subject
                SELECT resource_id, 0 AS remaining, list_transform([1, 2], lambda x: x + 1) AS l, [x * 2 FOR x IN [1, \
                2, 3] IF x > 1], list_filter([1, 2], lambda x: x > 1) FROM subject
                SELECT resource_id, 0 AS remaining, max_days FROM subject, param WHERE window_end - to_days(max_days) \
                > window_start AND window_end > TIMESTAMP '2026-01-01' + INTERVAL 3 DAY
                SELECT resource_id, 0 AS remaining, date_trunc('day', window_end) AS day, extract(dow FROM \
                window_end), strftime(window_end, '%A'), window_end AT TIME ZONE 'Europe/Berlin' FROM subject, param
                SELECT resource_id, 0 AS remaining, count(*) FILTER (WHERE hour('2026-01-01'::TIMESTAMP) = 0) AS n \
                FROM metrics GROUP BY resource_id
                SELECT resource_id, CASE WHEN name LIKE 'a%' THEN 0 WHEN name ILIKE '%B' THEN 0.1 ELSE 0.5 END AS \
                remaining, name ~ 'x', name || 'y', upper(trim(name)) FROM subject
                SELECT resource_id, 0 AS remaining, u.x, r.i FROM subject, unnest([1]) u(x), range(1) r(i)
                SELECT resource_id, 0 AS remaining, unnest([1]) AS one FROM subject
                SELECT COLUMNS('resource_.*'), 0 AS remaining FROM subject
                SELECT * EXCLUDE (name, tags, attributes), 0 AS remaining FROM subject
                SELECT s.resource_id, 0 AS remaining, m.n FROM subject s, LATERAL (SELECT count(*) AS n FROM metrics m \
                WHERE m.resource_id = s.resource_id) m
                SELECT resource_id, 0 AS remaining FROM subject UNION SELECT resource_id, 0 FROM subject EXCEPT SELECT \
                'x', 0
                SELECT resource_id, 0 AS remaining FROM subject ORDER BY name LIMIT 5
                SELECT c.resource_id, 0 AS remaining FROM (SELECT resource_id FROM subject EXCEPT SELECT resource_id \
                FROM charges) c WHERE NOT EXISTS (FROM commitments) AND NOT EXISTS (FROM models)
                SELECT resource_id, try_cast('x' AS INTEGER) IS NULL AND 1 BETWEEN 0 AND 2 AND (1, 2) = (1, 2) AS \
                flag, 0 AS remaining, greatest(1, 2), coalesce(NULL, 3), if(true, 1, 2), nullif(1, 1), \
                format('{:.1f}', 2.5) FROM subject
                SELECT resource_id, 0 AS remaining, rank() OVER (ORDER BY name), sum(seen_days) OVER (), ntile(2) OVER \
                (ORDER BY name) FROM subject
                SELECT resource_id, 0 AS remaining, max(average) - min(average) AS spread, stddev_pop(average) FROM \
                metrics GROUP BY GROUPING SETS ((resource_id))
                SELECT a.resource_id, 0 AS remaining FROM subject a ASOF JOIN metrics m ON a.resource_id = \
                m.resource_id AND coalesce(a.created_at, TIMESTAMP '2026-06-02') >= m.hour
                SELECT resource_id, 0 AS remaining, regexp_extract(resource_id, '[0-9]+') AS number, length('é'), \
                md5('x'), split_part('a/b', '/', 2) FROM subject WHERE TRUE
                """.lines();
    }

    @ParameterizedTest
    @MethodSource("legitimate")
    void ordinary_sql_passes(String sql) {
        RuleOutcome outcome = run.run(rule(sql), Map.of());

        assertThat(outcome).as(outcome.toString()).isInstanceOf(RuleOutcome.Evaluated.class);
        assertThat(((RuleOutcome.Evaluated) outcome).findings()).hasSize(1);
    }

    @Test
    void the_message_names_the_file_the_line_and_the_relations_there_are() {
        RuleOutcome outcome =
                run.run(rule("-- ü\nSELECT resource_id,\n  'ü' AS x, 0 AS remaining\nFROM subjects"), Map.of());

        assertThat(((RuleOutcome.Failed) outcome).problem())
                .isEqualTo(
                        "instance-odd/rule.sql:4: there is no relation \"subjects\". Did you mean \"subject\"? A rule "
                                + "reads subject, metrics, charges, earlier_charges,"
                                + " billed_instances, paid_hours, spend, hour_price, offers, offers_as_listed, "
                                + "data_sheet, models, token_price, token_tier, commitments, policy, "
                                + "allowed_slowdown, param, work, pause and its own WITH tables.");
    }

    @Test
    void a_syntax_error_names_its_line() {
        RuleOutcome outcome = run.run(rule("SELECT resource_id,\n  0 AS remaining\nFORM subject"), Map.of());

        assertThat(((RuleOutcome.Failed) outcome).problem())
                .startsWith("instance-odd/rule.sql:3: syntax error at or near \"FORM\"");
    }

    @Test
    void nothing_on_the_list_depends_on_the_moment_or_the_session() {
        List<Object> fickle = store
                .select("SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability IN ('VOLATILE', "
                        + "'CONSISTENT_WITHIN_QUERY')")
                .rows()
                .stream()
                .map(row -> row.get(0))
                .toList();

        assertThat(fickle).isNotEmpty().doesNotContainAnyElementsOf(AllowedFunctions.names());
    }

    @Test
    void the_list_of_functions_holds_only_names_that_the_database_knows() {
        List<Object> known = store.select("SELECT DISTINCT function_name FROM duckdb_functions()").rows().stream()
                .map(row -> row.get(0))
                .toList();
        List<String> unknown = AllowedFunctions.names().stream()
                .filter(name -> !known.contains(name))
                .toList();

        // The parser makes expressions of these; they are no functions of the catalog.
        assertThat(unknown).containsExactlyInAnyOrder("coalesce", "ifnull", "grouping", "grouping_id");
    }

    @Test
    void what_would_break_the_parser_of_the_database_never_reaches_it() {
        String deep = "(SELECT * FROM ".repeat(300) + "subject" + ")".repeat(300);
        assertThatThrownBy(() -> SqlGate.check(store, "SELECT resource_id, 0 AS remaining FROM " + deep))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("nested more than 200 deep");
        String longOne = "SELECT resource_id, 0 AS remaining FROM subject WHERE " + "NOT ".repeat(6_000) + "true";
        assertThatThrownBy(() -> SqlGate.check(store, longOne))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("more than 20000 are refused");
    }
}
