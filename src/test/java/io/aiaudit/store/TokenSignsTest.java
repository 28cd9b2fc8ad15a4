package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Tokens;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick question before the look for tokens misses none. The values are made up, and put together here. */
class TokenSignsTest {
    private static final String LONG = "0123456789abcdefABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghijklmnopqrstuvwxyz"
            + "0123456789abcdefABCDEFGH";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AKIA | 0123456789ABCDEF
            ABSK | {LONG}
            bedrock-api-key- | {LONG}
            ghp_ | {LONG}
            github_pat_ | {LONG}
            glpat- | {LONG}
            xoxb- | {LONG}
            AIza | {LONG}
            ya29. | {LONG}
            GOCSPX- | {LONG}
            AQ. | {LONG}
            1//0 | {LONG}
            eyJ0123456789. | {LONG}
            sk- | {LONG}
            hf_ | {LONG}
            api_org_ | {LONG}
            {LONG} | ==
            {LONG} | JQQJ990123456789abcdefABCDEF
            abc8Q~ | {LONG}
            ://me: | word@host
            AccountKey= | {LONG}
            ?sig= | {LONG}
            sk_live_ | {LONG}
            SG.0123456789abcdef. | {LONG}
            npm_ | {LONG}
            pypi- | {LONG}
            hvs. | {LONG}
            dapi | 0123456789abcdef0123456789abcdef
            nvapi- | {LONG}
            gsk_ | {LONG}
            r8_ | {LONG}
            xai- | {LONG}
            dp.pt. | {LONG}
            AGE-SECRET-KEY-1 | 0123456789ABCDEFGHIJKLMN
            hooks.slack.com/services/T1/B1/ | {LONG}
            Bearer | {LONG}
            IQoJb3JpZ2lu | {LONG}
            gldt- | {LONG}
            xapp-1-A | 0123456789ABC
            whsec_ | {LONG}
            dop_v1_ | {LONG}
            shpat_ | {LONG}
            pplx- | {LONG}
            0123456789abcd.atlasv1. | {LONG}
            LTAI | {LONG}
            LS0tLS1CRUdJTiBSU0Eg | {LONG}
            https://0123456789abcdef@ | github.com/o/r
            https://discord.com/api/webhooks/123/ | {LONG}
            /IncomingWebhook/ | {LONG}
            """)
    void what_starts_like_a_token_may_hold_one(String start, String rest) {
        String token = (start + (start.equals("Bearer") ? " " : "") + rest).replace("{LONG}", LONG);
        assertThat(answers("a " + token + " b")).containsExactly(true, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=\"WORD and more\" of x",
                "passwd 'WORDS' of x",
                "passphrase is \"WORDS\" of x",
                "{\"api_key\": \"WORDWORD\"}",
                "{\\\"password\\\": \\\"WORDWORD\\\"}",
                "--client-secret 'WORDWORD' of x",
                "--token WORDWORD of x",
                "api_key: WORDWORD of x",
                "AWS_SESSION_TOKEN=WORD/WORD of x",
                "SharedAccessSignature sr=a.net&sig=b",
                "DB_PASS=WORDWORD of x",
                "pw: WORDWORD of x",
                "Passwort: WORDWORD of x",
                "password is WORDWORD9 of x",
                "<password>WORDWORD</password>",
                "curl -u admin:WORDWORD https://x",
                "curl -s --user admin:WORDWORD https://x",
                "sshpass -p WORDWORD ssh x",
                "-----BEGIN RSA PRIVATE KEY----- WORD"
            })
    void a_name_with_a_value_after_it_may_hold_one(String text) {
        assertThat(answers(text)).containsExactly(true, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:sagemaker:us-east-1:111111111111:endpoint/llm-prod",
                "$0.004 per 1000 input tokens for Claude",
                "BoxUsage:g5.xlarge",
                "Standard_NC24ads_A100_v4 in westeurope",
                "//aiplatform.googleapis.com/projects/p/locations/l/endpoints/1"
            })
    void what_bills_usually_name_is_not_suspected(String text) {
        assertThat(answers(text)).containsExactly(false, false);
    }

    private static List<Object> answers(String text) {
        try (Sql sql = Sql.open("", new Properties())) {
            sql.execute(Tokens.sqlMacro());
            sql.execute(Tokens.sqlMacroOfSigns());
            sql.script("secrets.sql");
            return sql.select("SELECT may_hold_token(x), has_token(x) FROM (SELECT ? AS x)", text)
                    .rows()
                    .get(0);
        }
    }
}
