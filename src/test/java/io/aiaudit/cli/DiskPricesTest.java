package io.aiaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiaudit.model.Audit;
import io.aiaudit.model.Status;
import io.aiaudit.report.json.AuditJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks that no bill has cost their list price by size, on each cloud; one of a type without a price stays
 * unpriced.
 */
class DiskPricesTest {
    private static final String INVENTORY = """
            resource_id,kind,provider,account_id,region,name,machine_type,created_at,state,attributes
            vol-1,volume,aws,1,eu-west-1,checkpoints,gp3,2025-01-01,available,"{""size_gib"": ""1000"", \
            ""detached_since"": ""2026-05-01""}"
            /subscriptions/a/resourcegroups/g/providers/microsoft.compute/disks/d,volume,azure,a,westeurope,scratch,\
            Premium_LRS,2025-01-01,Unattached,"{""size_gib"": ""600""}"
            //compute.googleapis.com/projects/1/zones/europe-west4-a/disks/7,volume,gcp,p,europe-west4,dump,\
            pd-balanced,2025-01-01,unattached,"{""size_gib"": ""1000"", ""detached_since"": ""2026-05-01""}"
            vol-2,volume,aws,1,eu-west-1,fast,io2,2025-01-01,available,"{""size_gib"": ""1000"", ""detached_since"": \
            ""2026-05-01""}"
            i-1,instance,aws,1,eu-west-1,box,g5.xlarge,2025-01-01,stopped,"{""stopped_since"": ""2026-05-01""}"
            vol-3,volume,aws,1,eu-west-1,data,gp2,2025-01-01,in-use,"{""size_gib"": ""100"", ""attached_to"": ""i-1""}"
            """;

    @TempDir
    Path folder;

    @Test
    void a_disk_costs_its_list_price_by_size_without_a_bill() throws IOException {
        Path inventory = Files.writeString(folder.resolve("inventory.csv"), INVENTORY);

        Run run = Run.of(
                "scan",
                "-q",
                "-f",
                "json",
                "-o",
                folder.toString(),
                "--window",
                "2026-06-01/2026-07-01",
                "--inventory",
                inventory.toString());

        Audit audit = AuditJson.read(folder.resolve("aiaudit.json"));
        assertThat(audit.findings())
                .as(run::toString)
                .extracting(
                        Audit.AuditedFinding::resourceName,
                        finding -> String.valueOf(finding.monthlyCost()),
                        Audit.AuditedFinding::status)
                .contains(
                        Tuple.tuple("checkpoints", "88.00", Status.COUNTED),
                        Tuple.tuple("scratch", "148.68", Status.UNCONFIRMED),
                        Tuple.tuple("dump", "110.00", Status.COUNTED),
                        Tuple.tuple("fast", "null", Status.UNPRICED),
                        Tuple.tuple("data", "11.00", Status.COUNTED));
    }
}
