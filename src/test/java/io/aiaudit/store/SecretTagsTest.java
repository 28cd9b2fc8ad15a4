package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Resource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What looks like a secret in a tag or attribute is in no table of the store, and so in no report and no saved scan.
 * The values are made up or the clouds' own examples.
 */
class SecretTagsTest {
    private static final String EXAMPLE = "AKIA" + "IOSFODNN7EXAMPLE";

    @TempDir
    private Path folder;

    /** The tags of all cases, by key and value. */
    private static final Once<Map<String, Map<String, String>>> READ = new Once<>();

    private static final List<Arguments> SECRETS = Cases.of("""
            note | AKIAIOSFODNN7EXAMPLE
            note | key=AKIAIOSFODNN7EXAMPLE;
            ci | ghp_0123456789abcdefghij0123456789abcdefgh
            ci | glpat-0123456789abcdefghij
            x | eyJhbGciOiJI.eyJzdWIiOiIxMjM0
            pem | -----BEGIN RSA PRIVATE KEY-----
            url | https://user:hunter2@example.com/x
            env | AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY
            dsn | Server=db1;Uid=app;Pwd=hunter22;Encrypt=yes
            arguments | --user me --password letmein
            login | password: letmein
            db_password | letmein
            Password | correct horse battery
            client-secret | Zm9vYmFyMTIzNDU2Nzg5
            api_key | 0123456789abcdefABCDEF
            secret | 3f2504e0-4f89-41d3-9a0c-0305e82c3301
            openai_key | 176813e02ea68ef786e4d3cea27d2693
            azure_openai_key | axFncd5rtmhStC9hkuCDKxskJecaDWFf
            SECRET_KEY | afa707e1448c828b4136d3b97429ab
            secret_key_base | 4ff1125cf5ec72ba694165beaecba0
            encryption_key | 7bca1aafb77b4460ecec9524998a26
            signing-key | 259bebd2fa5880587061ce69367141
            OPENAI_API_KEY_PROD | 4b484e73cf575dcad6ba2b0aee0ca923
            password_prod | letmein
            Password1 | letmein
            pw.prod | letmein
            DBPASS | letmein
            passphrase_ssh | letmein
            passwort | letmein
            note | wJalrXUtnFEMI7K7MDENGbPxRfiCYEXAMPLE1KEY
            note | AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYAB
            cookie | session=0123456789abcdef
            otp_seed | JBSWY3DPEHPK3PXP
            pin | 4711
            licenseKey | ABCD1-23EFG-45HIJ-67KLM
            mot-de-passe | letmein
            contraseña | letmein
            dbContraseña | letmein
            Passwort | letmein
            senha | letmein
            пароль | letmein
            db.Пароль | letmein
            密码 | letmein-now
            adminPassWord | letmein
            recovery-codes | abcd-efgh
            note | pass word: letmein
            note | contraseña: letmein
            note | mot de passe=letmein
            command | mysql -h db -u root -pletmein app
            command | docker login -u me -p letmein reg.example.com
            command | redis-cli -h cache -a letmein ping
            """);

    @ParameterizedTest
    @FieldSource("SECRETS")
    void what_looks_like_a_secret_is_hidden(String key, String value) {
        assertThat(read(key, value)).containsEntry(key, "[hidden]").containsEntry("team", "chat");
    }

    private static final List<Arguments> TOKENS = Cases.of("""
            sk_live_ | 0123456789abcdefABCD
            SG. | 0123456789abcdefABCD.0123456789abcdefABCD
            npm_ | 0123456789abcdefABCD0123456789abcdefABCD
            pypi- | AgEIcHlwaS5vcmcCJDAx
            hvs. | 0123456789abcdefABCDEFGH
            dapi | 0123456789abcdef0123456789abcdef
            nvapi- | 0123456789abcdefABCDEFGH
            gsk_ | 0123456789abcdefABCDEFGH
            r8_ | 0123456789abcdefABCD0123456789abcdefABCD
            xai- | 0123456789abcdefABCDEFGH
            dp.pt. | 0123456789abcdefABCD0123456789abcdefABCD
            AGE-SECRET-KEY-1 | 0123456789ABCDEFGHIJKLMN
            https://hooks.slack.com/services/ | T0123ABCD/B0123ABCD/0123456789abcdef
            'Authorization: Bearer ' | 0123456789abcdef
            'Authorization: Basic ' | dXNlcjpwYXNzd29yZA==
            """);

    /** Put together here, so that no scanner of repositories takes them for real ones. */
    @ParameterizedTest
    @FieldSource("TOKENS")
    void tokens_of_other_makers_are_hidden(String start, String rest) {
        assertThat(read("note", start + rest)).containsEntry("note", "[hidden]");
    }

    private static final List<Arguments> PASSWORDS = Cases.of("""
            db_pass | letmein
            pw | letmein
            """);

    @ParameterizedTest
    @FieldSource("PASSWORDS")
    void names_of_passwords_hide_their_values(String key, String value) {
        assertThat(read(key, value)).containsEntry(key, "[hidden]");
    }

    private static final List<Arguments> NAMES = Cases.of("""
            owner | ml-platform-2
            commit | 9C1185A5C5E9FC54612808977EE8F548B2258D31
            project | ModelTrainingPipelineForCustomerSupport2
            digest | sha256:9c1185a5c5e9fc54612808977ee8f548b2258d319c1185a5c5e9fc54612808977
            uid | 3f2504e0-4f89-41d3-9a0c-0305e82c3301
            pod | llm-server-7d9c5b8f6d-x2x9z
            cost_centre | 4711000123
            arn | arn:aws:sagemaker:us-east-1:111122223333:endpoint/Llm-Prod-2
            command | docker run -u 1000:1000 -p 8080:8080 image
            command | mysql -h db -u root -p app
            pinned | 2026
            pin | yes
            cookie | enabled
            seeds | 42
            zip_code | 10115
            license_key | none
            clavecin | enabled-2026
            spin | 4711
            bypass | enabled-for-now
            season_pass_id | gold-2026
            tier | basic configuration-of-something
            note | bearer of news
            token_limit | 128000
            tokenizer | llama-3-8b-instruct
            secret | arn:aws:secretsmanager:eu-west-1:111122223333:secret/db-1
            secret | true
            token | team-search-2026-q3
            password | 12
            cost-key | CC4711-EMEA-2026
            url | https://example.com/user@team
            note | password policy=strict
            note | max_tokens=128000
            volume | disk-optimized-storage-of-a-node
            commit | 9c1185a5c5e9fc54612808977ee8f548b2258d31
            key_rotation | enabled-every-90-days
            passthrough | enabled
            compass | north-west
            token_count | 128000
            secret_rotation_enabled | true-since-2026Q1
            password_policy | strict-2026
            password_rotation | quarterly
            encryption_key | 3f2504e0-4f89-41d3-9a0c-0305e82c3301
            encryption_key | projects/p1/locations/eu/keyRings/r/cryptoKeys/K1
            """);

    @ParameterizedTest
    @FieldSource("NAMES")
    void names_and_numbers_stay(String key, String value) {
        assertThat(read(key, value)).containsEntry(key, value);
    }

    /** Found by hand: a token that was pasted into the wrong field, twice here, stayed. */
    @Test
    void a_token_as_the_name_of_a_tag_is_hidden() {
        assertThat(tags(EXAMPLE + "\"\": \"\"x\"\", \"\"key " + EXAMPLE, "y"))
                .isEqualTo(Map.of("team", "chat", "[hidden]", "[hidden]"));
    }

    /** What an error quotes is in the report, too. */
    @Test
    void a_token_in_a_value_that_is_rejected_is_hidden() {
        String inventory = "resource_id,kind,created_at\ni-1,instance,key " + EXAMPLE + "\ni-2,instance,2026-01-01\n";
        try (TestStore store = of(inventory)) {
            assertThat(store.scan().rejects().get(0).value()).isEqualTo("key [hidden]");
        }
    }

    /** A private key that a column of a spreadsheet cut off has no end. */
    @Test
    void the_rest_of_a_private_key_is_hidden_with_its_header() {
        String inventory = """
                resource_id,kind,created_at,tags
                i-1,instance,"key -----BEGIN PRIVATE KEY-----
                MIIEvQIBADAN
                BgkqhkiG9w0B",
                i-2,instance,2026-01-01,"{""note"": ""pwd='letmein'""}"
                """;
        try (TestStore store = of(inventory)) {
            assertThat(store.scan().rejects().get(0).value()).isEqualTo("key [hidden]");
            assertThat(store.scan().resources().get(0).tags()).containsEntry("note", "[hidden]");
        }
    }

    /** Found by hand: JSON within an attribute. */
    @Test
    void a_password_within_a_nested_attribute_is_hidden() {
        String inventory = """
                resource_id,kind,attributes
                i-1,instance,"{""settings"": {""password"": ""letmein""}}"
                """;
        try (TestStore store = of(inventory)) {
            assertThat(store.scan().resources().get(0).attributes()).containsEntry("settings", "[hidden]");
        }
    }

    /** Found by hand: columns of an inventory that we do not know are attributes. */
    @Test
    void what_looks_like_a_secret_in_a_column_of_an_inventory_is_hidden() {
        String inventory = "resource_id,kind,admin_password,api_key,note,kms_key\ni-1,instance,letmein,"
                + "0123456789abcdefABCDEF," + EXAMPLE + ",arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab\n";
        try (TestStore store = of(inventory)) {
            assertThat(store.scan().resources().get(0).attributes())
                    .containsEntry("admin_password", "[hidden]")
                    .containsEntry("api_key", "[hidden]")
                    .containsEntry("note", "[hidden]")
                    .containsEntry("kms_key", "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab");
        }
    }

    private TestStore of(String inventory) {
        return TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(
                        TestStore.set(FileSet.Content.INVENTORY, FocusCsv.text(folder, "inventory.csv", inventory))));
    }

    private static String row(String id, String key, String value) {
        return id + ",instance,\"{\"\"team\"\": \"\"chat\"\", \"\"" + key + "\"\": \"\"" + value + "\"\"}\"\n";
    }

    private Map<String, String> tags(String key, String value) {
        try (TestStore store = of("resource_id,kind,tags\n" + row("i-1", key, value))) {
            return store.scan().resources().get(0).tags();
        }
    }

    private Map<String, String> read(String key, String value) {
        return READ.get(this::readAll).get(key + " | " + value);
    }

    private Map<String, Map<String, String>> readAll() {
        List<Map.Entry<String, String>> tags = new ArrayList<>();
        TOKENS.forEach(row -> tags.add(Map.entry("note", Cases.text(row, 0) + Cases.text(row, 1))));
        Stream.of(SECRETS, PASSWORDS, NAMES)
                .flatMap(List::stream)
                .forEach(row -> tags.add(Map.entry(Cases.text(row, 0), Cases.text(row, 1))));
        StringBuilder inventory = new StringBuilder("resource_id,kind,tags\n");
        for (int i = 0; i < tags.size(); i++) {
            inventory.append(row("i-" + i, tags.get(i).getKey(), tags.get(i).getValue()));
        }
        try (TestStore store = of(inventory.toString())) {
            return store.scan().resources().stream()
                    .collect(Collectors.toMap(
                            resource -> {
                                Map.Entry<String, String> tag = tags.get(
                                        Integer.parseInt(resource.resourceId().substring(2)));
                                return tag.getKey() + " | " + tag.getValue();
                            },
                            Resource::tags));
        }
    }

    @Test
    void the_file_holds_nothing_of_a_secret_in_a_bill_and_a_warning_names_the_tag() throws Exception {
        Path bill = FocusCsv.text(folder, "bill.csv", """
                BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,ProviderName,\
                EffectiveCost,ResourceId,ChargeDescription,SubAccountName,Tags
                1.5,USD,2026-06-01T00:00:00Z,2026-06-02T00:00:00Z,Usage,Amazon SageMaker,AWS,1.5,i-1,\
                for SECRET by chat,chat password=letmein,"{""team"": \
                ""chat"", ""deploy"": ""SECRET""}"
                """.replace("SECRET", EXAMPLE));
        try (TestStore store = TestStore.ofBills(folder, bill)) {
            assertThat(store.locked()
                            .select("SELECT Tags FROM charges")
                            .rows()
                            .get(0)
                            .get(0))
                    .isEqualTo("{\"team\":\"chat\",\"deploy\":\"[hidden]\"}");
            assertThat(store.locked()
                            .select("SELECT ChargeDescription, SubAccountName FROM charges")
                            .rows()
                            .get(0))
                    .isEqualTo(List.of("for [hidden] by chat", "chat [hidden]"));
            assertThat(store.locked().select("FROM warnings").rows().toString())
                    .contains("1 value of a tag or attribute looks like a secret and is hidden (deploy of i-1).");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".duckdb")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain(EXAMPLE));
        }
    }
}
