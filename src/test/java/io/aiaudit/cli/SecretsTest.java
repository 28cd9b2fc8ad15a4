package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer S3CRET",
                "authorization=[Bearer S3CRET]",
                "Authorization: Basic S3CRET==",
                "Authorization: AWS4-HMAC-SHA256 Credential=AKIA/20260601/eu/s3/aws4_request, Signature=S3CRET",
                "Authorization: SharedKey account:S3CRET",
                "x-amz-security-token: S3CRET",
                "{\"access_token\":\"S3CRET\",\"expires_in\":3599}",
                "{\"client_secret\": \"S3CRET\"}",
                "aws_secret_access_key = S3CRET",
                "AWS_SESSION_TOKEN=S3CRET",
                "GET https://x.blob.core.windows.net/c/b?sv=2024&sig=S3CRET&se=2026",
                "GET https://s3/x?X-Amz-Signature=S3CRET",
                "PUT https://user:S3CRET@proxy.example:3128/",
                "api-key: S3CRET",
                "Set-Cookie: session=S3CRET",
                "DefaultEndpointsProtocol=https;AccountKey=S3CRET;EndpointSuffix=x",
                "password='S3CRET'",
                "password=\"S3CRET and S3CRET\"",
                "pwd: S3CRET",
                "-----BEGIN EC PRIVATE KEY-----\nS3CRET\n\nS3CRET",
                "found sk-ant-S3CRET0123456789abcdef and hf_S3CRET0123456789abcdef0123456789",
                "-----BEGIN PRIVATE KEY-----\nS3CRET\n-----END PRIVATE KEY-----"
            })
    void what_gives_access_is_taken_out(String line) {
        assertThat(Secrets.hide(line)).doesNotContain("S3CRET").contains("[hidden]");
    }

    @Test
    void keys_and_tokens_are_known_by_their_form() {
        assertThat(Secrets.hide(
                        "found AKIAIOSFODNN7EXAMPLE and eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc and ya29.a0Af"))
                .isEqualTo("found [hidden] and [hidden] and [hidden]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "step Reading demo",
                "read aws 123456789012/eu-west-1 endpoints",
                "1,204 tokens_input of model x",
                "Looking for template in templates/report.html.",
                "at io.aiaudit.scan.Gather.read(Gather.java:109)"
            })
    void what_gives_none_stays(String line) {
        assertThat(Secrets.hide(line)).isEqualTo(line);
    }
}
