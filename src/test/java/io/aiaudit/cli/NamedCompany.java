package io.aiaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A company with names in its tags, files, descriptions, policy and errors, for tests that look for them. */
record NamedCompany(Path files) {
    /** Parts of its names: no word of ours, or ordinary words that are the name of somebody together. */
    static final List<String> NAMES = List.of(
            "zebrafish",
            "okapi",
            "quokka",
            "narwhal",
            "axolotl",
            "pangolin",
            "capybara",
            "wombat",
            "ocelot",
            "tapir",
            "mark may",
            "grant marks",
            "will price",
            "next day",
            "0049 170",
            "10.98.76.54");

    static final String ACCOUNT = "998877665544";

    static NamedCompany in(Path folder) throws IOException {
        Path client = Files.createDirectories(folder.resolve("zebrafish-files"));
        Path named = Files.createDirectories(client.resolve("Will Price"));
        Files.writeString(named.resolve("okapi-bill.csv"), """
                BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,\
                ProviderName,ResourceId,ResourceName,SubAccountId,SubAccountName,RegionId,ChargeDescription,Tags,\
                PublisherName,SkuMeter
                1000,1000,USD,2026-06-01T00:00:00Z,2026-07-01T00:00:00Z,Usage,Amazon SageMaker,AWS,\
                arn:aws:sagemaker:eu-west-1:998877665544:endpoint/quokka-ranker,quokka-ranker,998877665544,\
                Zebrafish Holding,eu-west-1,"quokka-ranker of \
                narwhal, Next Day","{""team"":""narwhal"",""axolotl-code"":""pangolin""}",AWS,EUW1-Host:ml.g5.2xlarge
                50,50,USD,2026-06-01T00:00:00Z,2026-07-01T00:00:00Z,Usage,Amazon Elastic Compute Cloud,AWS,\
                ,,998877665544,Zebrafish Holding,eu-west-1,"transfer of narwhal",,,DataTransfer-Out-Bytes
                60,60,USD,2026-06-01T00:00:00Z,2026-07-01T00:00:00Z,Usage,Model Hosting,AWS,\
                ,,998877665544,Zebrafish Holding,eu-west-1,,,Will Price,Next Day tokens by Mark May
                70,70,USD,2026-06-01T00:00:00Z,2026-07-01T00:00:00Z,Usage,AWS Marketplace,AWS,\
                ,,998877665544,Zebrafish Holding,eu-west-1,,,AWS Marketplace,Grant Marks hours
                20,20,USD,2026-06-01T00:00:00Z,2026-07-01T00:00:00Z,Usage,Tapir Cloud,Ocelot Hosting,\
                tapir-7,tapir-7,tapir,Tapir,ocelot-dc-1,"box at 10.98.76.54",,,Mark May hours
                oops,1,USD,2026-06-01T00:00:00Z,2026-06-02T00:00:00Z,Usage,Capybara \
                Service,AWS,wombat,wombat,1,x,eu-west-1,d,,,
                """);
        Files.writeString(client.resolve("okapi-inventory.csv"), """
                resource_id,kind,provider,account_id,account_name,region,name,machine_type,replicas,created_at,tags
                arn:aws:sagemaker:eu-west-1:998877665544:endpoint/quokka-ranker,inference_endpoint,aws,998877665544,\
                Zebrafish Holding,eu-west-1,quokka-ranker,ml.g5.2xlarge,1,2025-06-01T00:00:00Z,\
                "{""owner"":""search"",""axolotl-code"":""pangolin"",""env"":""ocelot"",\
                ""tier"":""Will Price (Next Day) has""}"
                tapir-7,instance,other,tapir,Tapir,ocelot-dc-1,tapir-7,tapir-gpu-large,1,2025-06-01T00:00:00Z,{}
                """);
        StringBuilder usage = new StringBuilder("resource_id,metric,hour,total\n");
        for (int hour = 0; hour < 720; hour++) {
            usage.append("arn:aws:sagemaker:eu-west-1:998877665544:endpoint/quokka-ranker,requests,2026-06-")
                    .append(String.format(Locale.ROOT, "%02dT%02d:00:00Z,0%n", 1 + hour / 24, hour % 24));
        }
        Files.writeString(client.resolve("okapi-usage.csv"), usage);
        Files.writeString(client.resolve("tapir.yaml"), """
                policy:
                  - {match: {tag: "env=ocel*"}, latency: yes, owner: Will Price}
                  - {match: {tag: "tier=Will Price (Next Day) has"}, allowed_regions: ["us-*"], latency_target_ms: 500}
                  - {match: {resource: "quokka*"}, environment: Grant Marks, data_class: Mark May}
                  - {match: {resource: "quokka*"}, environment: Next Day, data_class: Will Price}
                  - {match: {tag: "tier=Mark May) has, x", account: "Will Price"}, owner: Grant Marks}
                ignore:
                  - rule: inference-endpoint-idle
                    resource: "quokka*"
                    reason: "Mark May and Wombat asked Capybara at 10.98.76.54, 0049 170 12, to keep it"
                    owner: Grant Marks
                  - {rule: disk-*, resource: chat, reason: 'Wait" matches no one, says Mark May', owner: "Will Price)"}
                  - {rule: next day rule, reason: Mark May, until: 2026-01-01}
                  - {rule: inference-endpoint-idle, account: Next Day, reason: "Will Price", until: 2026-01-02}
                brand: {client: Zebrafish, author: Mark May, confidentiality: Grant Marks, texts: {cover: Next Day}}
                verified:
                  - {rule: residency-*, reason: "Seen (by may.yaml:3). Then Mark May agreed"}
                """);
        return new NamedCompany(client);
    }

    /** A configuration with its brand alone, as {@code report} may have it. */
    Path brand() throws IOException {
        String brand = Files.readString(files.resolve("tapir.yaml"))
                .lines()
                .filter(line -> line.startsWith("brand:"))
                .findFirst()
                .orElseThrow();
        return Files.writeString(files.resolve("brand.yaml"), brand);
    }

    /** A scan of its files with its configuration. */
    Run scan(Object... flags) {
        return Run.of(Stream.concat(
                        Stream.of(
                                "scan",
                                files.toString(),
                                "--config",
                                files.resolve("tapir.yaml").toString()),
                        Arrays.stream(flags).map(Object::toString))
                .toArray(String[]::new));
    }
}
