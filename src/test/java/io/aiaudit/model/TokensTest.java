package io.aiaudit.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values are made up, and put together here, so that no scanner of repositories takes them for real ones. */
class TokensTest {
    private static final String BODY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=\"S3CRET and more S3CRET\" of x",
                "password = 'S3CRET and more S3CRET' of x",
                "pwd='S3CRET' of x",
                "passphrase: \"S3CRET and S3CRET\" of x",
                "password is \"S3CRET\" of x",
                "{\"api_key\": \"S3CRET\", \"of\": \"x\"}",
                "{'apiKey': 'S3CRET', 'of': 'x'}",
                "{\"db\":{\"client_secret\":\"S3CRET \\\" S3CRET\"},\"of\":\"x\"}",
                "{\\\"password\\\": \\\"S3CRET\\\", \\\"of\\\": \\\"x\\\"}",
                "--password 'S3CRET and S3CRET' of x",
                "--api-key=S3CRET of x",
                "api_key: S3CRET of x",
                "AWS_SESSION_TOKEN=S3CRET/S3CRET of x",
                "aws_secret_access_key = S3CRET of x",
                "Server=db;Uid=me;Pwd=S3CRET;x",
                "AccountName=a;AccountKey=S3CRETS3CRETS3CRETS3CRET==;EndpointSuffix=x",
                "BlobEndpoint=https://a.blob;SharedAccessSignature=sv=2024-01-01&ss=b&sig=S3CRET%3D;x",
                "SharedAccessSignature sr=a.net&sig=S3CRETS3CRETS3CRET%3D&se=1&skn=S3CRET of x",
                "Endpoint=sb://a.net/;SharedAccessKeyName=Root;SharedAccessKey=S3CRETS3CRETS3CRET=;x",
                "postgres://me:S3CRET@db.example.com/app of x",
                "redis://:S3CRET@cache:6379/0 of x",
                "https://s3.example.com/a?X-Amz-Signature=S3CRETS3CRETS3CRETS3CRET&x",
                "Authorization: Bearer S3CRETS3CRET of x",
                "{\"Authorization\": \"Basic S3CRETS3CRET\", \"of\": \"x\"}",
                "user=u pass=S3CRET of x",
                "export DB_PASS=S3CRET of x",
                "pw: S3CRET of x",
                "Passwort: S3CRET of x",
                "the password is S3CRETx9 of x",
                "password is hunS3CRET2 of x",
                "<password>S3CRET</password> of x",
                "curl -u admin:S3CRET https://x of x",
                "curl -s -X POST --user 'admin:S3CRET' of x",
                "sshpass -p S3CRET ssh x of x",
                "sshpass -e -p 'S3CRET' of x",
                "git clone https://S3CRETS3CRET9@github.com/o/r of x",
                "https://discord.com/api/webhooks/123456789012345678/S3CRETS3CRETS3CRET of x",
                "https://outlook.office.com/webhook/a@b/IncomingWebhook/S3CRETS3CRETS3CRET of x"
            })
    void what_comes_after_a_name_is_hidden_and_the_rest_stays(String text) {
        assertThat(Tokens.hide(text))
                .doesNotContain("S3CRET")
                .contains("[hidden]")
                .contains("x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AKIA | IOSFODNN7EXAMPLE
            ABSK | QmVkcm9ja0FQSUtleS1leGFtcGxlLWF0LTEyMzQ1Njc4OTAxMg
            AIza | SyA0123456789abcdefghijklmnopqrstuv
            GOCSPX- | 0123456789abcdefABCDEFGH
            AQ. | Ab8RN6K0123456789abcdefABCDEFGHIJ
            abc8Q~ | 0123456789abcdefABCDEFGHIJKLMNOPQR
            sk-proj- | 0123456789abcdefABCD_0123456789
            sk-ant-api03- | 0123456789abcdefABCD-0123456789
            hf_ | 0123456789abcdefABCDEFGHIJKLMNOPQRST
            ghp_ | 0123456789abcdefghij0123456789abcdefgh
            github_pat_ | 0123456789abcdefABCDEF_0123456789
            IQoJb3JpZ2lu | X2VjEXAMPLE0123456789+/abcdef
            FwoGZXIvYXdz | EXAMPLE0123456789+/abcdefABC
            gldt- | 0123456789abcdefABCD
            glrt- | 0123456789abcdefABCD
            xapp-1-A | 0123456789-1234567890123-0123456789abcdef
            whsec_ | 0123456789abcdefABCD0123456789ab
            dckr_pat_ | 0123456789abcdefABCD0123456
            dop_v1_ | 0123456789abcdef0123456789abcdef
            shpat_ | 0123456789abcdef0123456789abcdef
            glsa_ | 0123456789abcdefABCD0123456789ab_01234567
            pplx- | 0123456789abcdefABCD0123456789ab
            ATATT3x | FfGF00123456789abcdefABCD
            NRAK- | 0123456789ABCDEFGHIJKLMNOPQ
            0123456789abcd.atlasv1. | 0123456789abcdefABCD
            LTAI | 0123456789abcdefABCD
            LS0tLS1CRUdJTiB | SU0EgUFJJVkFURSBLRVktLS0tLQo0123456789
            LS0tLS1CRUdJTiB | QUklWQVRFIEtFWS0tLS0tCk1JSUV2UUlC
            """)
    void keys_are_known_by_their_form(String start, String rest) {
        assertThat(Tokens.hide("its key (" + start + rest + ", of June) failed"))
                .isEqualTo("its key ([hidden], of June) failed");
    }

    @Test
    void the_keys_of_azure_are_known_by_their_form() {
        assertThat(Tokens.hide("a " + "Ab1+".repeat(21) + "Ab== b")).isEqualTo("a [hidden] b");
        assertThat(Tokens.hide("a " + "Ab1c".repeat(13) + "JQQJ99" + "Ab1c".repeat(6) + "Ab b"))
                .isEqualTo("a [hidden] b");
    }

    @Test
    void a_private_key_is_hidden_to_its_end_or_else_to_the_end_of_the_text() {
        String begin = "-----BEGIN RSA PRIVATE KEY-----";
        assertThat(Tokens.hide("a " + begin + "\n" + (BODY + "\n").repeat(50) + "-----END RSA PRIVATE KEY-----\nb"))
                .isEqualTo("a [hidden]\nb");
        assertThat(Tokens.hide("a " + begin + "\n" + BODY + "\n\nProc-Type: 4\n" + BODY))
                .isEqualTo("a [hidden]");
        assertThat(Tokens.hide("a " + begin + "\\n" + BODY + "\\n" + BODY)).isEqualTo("a [hidden]");
        assertThat(Tokens.hide("a -----BEGIN PGP PRIVATE KEY BLOCK----- " + BODY))
                .isEqualTo("a [hidden]");
        assertThat(Tokens.hide("a -----BEGIN CERTIFICATE----- " + BODY)).contains(BODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password policy=strict",
                "max_tokens=128000",
                "token: team-search",
                "\"password\": \"\"",
                "pwd=[hidden] and \"api_key\": \"[hidden]\" at https://me:[hidden]@x",
                "https://example.com:8443/a/user@team",
                "12:30://x",
                "secret: arn:aws:secretsmanager:eu-west-1:111122223333:secret/db-1",
                "commit 9c1185a5c5e9fc54612808977ee8f548b2258d31",
                "bearer of news",
                "password is required of all",
                "the password is 90 days old",
                "bypass: enabled",
                "passthrough=enabled",
                "compass=enabled",
                "key_rotation=enabled",
                "pplx-70b-online-chat-2026-q3",
                "xapp-traffic-steering-production",
                "https://my-organization@dev.azure.com/p/r",
                "ssh://git@github.com/o/r",
                "docker run -u 1000:1000 --user nobody:nogroup",
                "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUM="
            })
    void what_gives_no_access_stays(String text) {
        assertThat(Tokens.hide(text)).isEqualTo(text);
    }

    /** An attack on whoever reads a log: no time or stack is lost on a long text. */
    @Test
    void a_long_text_takes_no_long_time() {
        String escaped = "\"password\": \"" + "\\\"".repeat(300_000);
        assertThat(Tokens.hide(escaped)).isEqualTo("\"[hidden]");
        assertThat(Tokens.hide("Ab1c".repeat(250_000))).hasSize(1_000_000);
        assertThat(Tokens.hide("-----BEGIN PRIVATE KEY-----" + BODY.repeat(30_000)))
                .isEqualTo("[hidden]");
        assertThat(Tokens.hide("curl ".repeat(100_000))).hasSize(500_000);
        assertThat(Tokens.hide("pass ".repeat(100_000))).hasSize(500_000);
    }
}
