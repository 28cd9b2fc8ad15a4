package io.aiaudit.collect.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aiaudit.model.UserError;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of tables, and what logs in there. */
class TrinoAddressTest {
    private static final String TABLE = "trino://trino.example.com:8080/iceberg/finops/focus";
    private static final String ENCRYPTED = "trino://trino.example.com/iceberg/finops/focus";

    private static TrinoAddress address(String text) {
        return TrinoAddress.parse("--billing", text);
    }

    private static UserError refused(String text) {
        return catchThrowableOfType(UserError.class, () -> address(text));
    }

    private static Properties properties(String text, Map<String, String> environment) {
        return new TrinoLogin(environment::get).properties(address(text));
    }

    @Test
    void an_address_names_host_port_catalog_schema_and_table() {
        TrinoAddress address = address("trino://alice@trino.example.com:8080/iceberg/finops/focus%20view");
        assertThat(address.user()).isEqualTo("alice");
        assertThat(address.table()).containsExactly("iceberg", "finops", "focus view");
        assertThat(address.name()).isEqualTo("iceberg.finops.\"focus view\"");
        assertThat(address).hasToString("trino://trino.example.com:8080/iceberg/finops/focus view");
    }

    @ParameterizedTest
    @CsvSource({
        "trino://h/c/s/t, 443, true",
        "trino://h:443/c/s/t, 443, true",
        "trino://h:8080/c/s/t, 8080, false",
        "trino://h:8443/c/s/t?SSL=true, 8443, true",
        "trino://h:8443/c/s/t?ssl=true, 8443, true",
        "trino://h:443/c/s/t?SSL=false, 443, false"
    })
    void a_connection_is_encrypted_as_trinos_own_driver_does_it(String text, int port, boolean tls) {
        assertThat(address(text).port()).isEqualTo(port);
        assertThat(address(text).tls()).isEqualTo(tls);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trino://h:8080/iceberg/finops",
                "trino://h:8080",
                "trino:///c/s/t",
                "trino://h:8080/c/s/t/more",
                "trino://h:8080/c//t",
                "trino://alice:hunter2@h:80 80/c/s/t?password=hunter2"
            })
    void what_is_no_address_of_a_table_is_refused_with_the_form_and_without_secrets(String text) {
        UserError error = refused(text);
        assertThat(error.problem())
                .contains("is not the address of a table in Trino")
                .doesNotContain("hunter2");
        assertThat(error.fix()).contains("trino://HOST:PORT/CATALOG/SCHEMA/TABLE");
    }

    @ParameterizedTest
    @CsvSource({
        "trino://alice:hunter2@h/c/s/t, TRINO_PASSWORD",
        "trino://h/c/s/t?password=hunter2, TRINO_PASSWORD",
        "trino://h/c/s/t?PASSWORD=hunter2, TRINO_PASSWORD",
        "trino://h/c/s/t?accessToken=hunter2, TRINO_ACCESS_TOKEN",
        "trino://h/c/s/t?SSLKeyStorePassword=hunter2, TRINO_KEYSTORE_PASSWORD",
        "trino://h/c/s/t?SSL=true&SSLTrustStorePassword=hunter2, TRINO_TRUSTSTORE_PASSWORD"
    })
    void a_secret_in_an_address_is_refused_and_not_repeated(String text, String variable) {
        UserError error = refused(text);
        assertThat(error.fix()).contains(variable);
        assertThat(error.problem() + error.fix()).doesNotContain("hunter2");
    }

    @Test
    void unknown_options_and_no_verification_at_all_are_refused() {
        assertThat(refused(ENCRYPTED + "?externalAuthentication=true").problem())
                .contains("externalAuthentication");
        assertThat(refused(ENCRYPTED + "?SSLVerification=NONE").fix()).contains("SSLTrustStorePath");
    }

    @Test
    void the_driver_gets_secrets_from_the_environment() {
        assertThat(properties(ENCRYPTED, Map.of("TRINO_USER", "alice", "TRINO_PASSWORD", "hunter2")))
                .containsEntry("user", "alice")
                .containsEntry("password", "hunter2")
                .containsEntry("SSL", "true");
        assertThat(properties(ENCRYPTED, Map.of("TRINO_ACCESS_TOKEN", "eyJ")))
                .containsEntry("accessToken", "eyJ")
                .doesNotContainKey("user");
        assertThat(properties(
                        ENCRYPTED + "?SSLKeyStorePath=/k.p12&SSLTrustStorePath=/ca.pem",
                        Map.of("TRINO_KEYSTORE_PASSWORD", "one", "TRINO_TRUSTSTORE_PASSWORD", "two")))
                .containsEntry("SSLKeyStorePath", "/k.p12")
                .containsEntry("SSLKeyStorePassword", "one")
                .containsEntry("SSLTrustStorePassword", "two")
                .doesNotContainKey("user");
        assertThat(properties(TABLE, Map.of())).containsEntry("user", System.getProperty("user.name"));
    }

    @Test
    void no_secret_travels_without_encryption() {
        for (String variable : List.of("TRINO_PASSWORD", "TRINO_ACCESS_TOKEN")) {
            UserError error =
                    catchThrowableOfType(UserError.class, () -> properties(TABLE, Map.of(variable, "hunter2")));
            assertThat(error.problem()).contains(variable, "is not encrypted").doesNotContain("hunter2");
            assertThat(error.fix()).contains("SSL=true");
        }
    }

    @Test
    void a_password_and_a_token_at_once_are_refused() {
        UserError error = catchThrowableOfType(
                UserError.class, () -> properties(ENCRYPTED, Map.of("TRINO_PASSWORD", "a", "TRINO_ACCESS_TOKEN", "b")));
        assertThat(error.problem()).contains("both set");
    }
}
