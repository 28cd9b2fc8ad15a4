package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.testing.Outside;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The libraries of a cloud are loaded only when that cloud is scanned: a scan without any cloud, in a process of its
 * own, loads none.
 */
@Outside
class LibrariesOfCloudsTest {
    private static String loaded;

    @BeforeAll
    static void scanWithoutACloud() throws IOException {
        DemoProcess demo = DemoProcess.ofThisBuild();
        assertThat(demo.ran().exitCode()).as(demo.ran()::toString).isEqualTo(4);
        loaded = demo.loaded();
        assertThat(loaded).contains("io.aiaudit.collect.demo");
    }

    @Test
    void the_sdk_of_aws_is_loaded_only_when_aws_is_scanned() {
        assertThat(loaded).doesNotContain("software.amazon");
    }

    @Test
    void the_sdk_of_azure_is_loaded_only_when_azure_is_scanned() {
        assertThat(loaded).doesNotContain(" com.azure.", " com.microsoft.aad.", " reactor.core.");
    }

    @Test
    void the_libraries_of_google_are_loaded_only_when_google_is_scanned() {
        assertThat(loaded)
                .doesNotContain(
                        "com.google.cloud", "com.google.auth", "com.google.api", "com.google.protobuf", "io.grpc");
    }

    @Test
    void the_driver_of_trino_is_loaded_only_when_a_table_of_trino_is_read() {
        assertThat(loaded).doesNotContain("io.trino");
    }

    @Test
    void the_library_of_the_pdf_is_loaded_only_when_a_pdf_is_written() {
        assertThat(loaded).doesNotContain("org.apache.pdfbox", "org.apache.fontbox", "io.aiaudit.report.paper");
    }

    /**
     * Netty itself comes with what the tests execute queries of BigQuery with; the build refuses it in what is
     * installed.
     */
    @Test
    void azure_is_called_by_the_client_of_the_jdk_and_not_by_netty() {
        assertThat(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
                .contains("azure-core-http-jdk-httpclient")
                .doesNotContain("azure-core-http-netty", "reactor-netty");
    }
}
