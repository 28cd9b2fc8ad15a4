package io.aiaudit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.aiaudit.model.FileSet;
import io.aiaudit.model.Resource;
import io.aiaudit.model.UserError;
import io.aiaudit.testing.Slow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an inventory file brings, and what of it is refused. */
@Slow
class InventoryFileTest {
    @TempDir
    private Path folder;

    @Test
    void an_inventory_brings_the_columns_of_resources_and_keeps_the_others_as_attributes() {
        String inventory = """
                resource_id,kind,provider,region,replicas,accelerator,accelerator_count,accelerator_memory_gib,\
                created_at,parent_id,tags,attributes,Cost Centre,empty
                /Subscriptions/S/x,Instance,,westeurope,2,A10,0.5,24,2026-01-01T02:00:00+02:00,/SUBSCRIPTIONS/S,\
                "{""team"": ""chat"", ""n"": 1}","{""a"": ""b""}",42,
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, null)) {
            assertThat(store.scan().resources())
                    .singleElement()
                    .isEqualTo(Resource.builder("/subscriptions/s/x", "instance", "azure")
                            .name("x")
                            .region("westeurope")
                            .replicas(2)
                            .accelerator("A10")
                            .acceleratorCount(new BigDecimal("0.5"))
                            .acceleratorMemoryGib(new BigDecimal("24"))
                            .createdAt(java.time.Instant.parse("2026-01-01T00:00:00Z"))
                            .parentId("/subscriptions/s")
                            .tags(Map.of("team", "chat", "n", "1"))
                            .attributes(Map.of("a", "b", "Cost Centre", "42"))
                            .build());
        }
    }

    @Test
    void the_machine_type_shows_the_accelerators_that_nothing_else_shows() {
        String inventory = """
                resource_id,kind,provider,region,machine_type,accelerator,accelerator_count
                a,inference_endpoint,aws,us-east-1,ml.g5.12xlarge,,
                b,instance,azure,nowhere,Standard_NC24ads_A100_v4,,
                c,instance,aws,us-east-1,g5.12xlarge,,0
                d,instance,gcp,us-central1,n1-standard-8,,
                e,instance,aws,us-east-1,m7i.2xlarge,,
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, null)) {
            assertThat(store.locked()
                            .select("SELECT resource_id, accelerator, accelerator_count, accelerator_memory_gib FROM "
                                    + "resources ORDER BY ALL")
                            .rows())
                    .containsExactly(
                            Arrays.asList("a", "A10G", 4.0, 24.0),
                            Arrays.asList("b", "A100-80GB", 1.0, 80.0),
                            Arrays.asList("c", null, 0.0, null),
                            Arrays.asList("d", null, null, null),
                            Arrays.asList("e", null, null, null));
        }
    }

    @Test
    void rows_of_an_inventory_that_cannot_be_read_are_named() {
        String inventory = """
                resource_id,kind,replicas,tags,created_at
                a,instance,2,{},2026-01-01
                b,instance,2.5,{},
                c,instance,2,team=x,
                d,,2,{},
                e,instance,2,{},yesterday
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, null)) {
            assertThat(store.scan().resources())
                    .extracting(Resource::resourceId)
                    .containsExactly("a");
            assertThat(store.scan().rejects())
                    .extracting(Reject::record, Reject::problem)
                    .containsExactly(
                            tuple(3L, "replicas is \"2.5\""),
                            tuple(4L, "tags is \"team=x\""),
                            tuple(5L, "kind is empty"),
                            tuple(6L, "created_at is \"yesterday\""));
        }
    }

    /** A purchase that is no word of ours was a price on demand and money saved, though it is paid for to its end. */
    @Test
    void how_an_instance_was_bought_is_read_in_any_spelling_and_a_row_with_another_word_is_rejected() {
        String inventory = """
                resource_id,kind,purchase
                a,instance,on_demand
                b,instance,On-Demand
                c,instance,STANDARD
                d,instance,Spot
                e,instance,Low Priority
                f,instance,preemptible
                g,instance,Committed
                h,instance,reserved
                i,instance,Savings Plan
                j,instance,capacity-block
                k,instance,
                l,instance,unknown
                m,instance,FLEX_START
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, null)) {
            assertThat(store.scan().resources())
                    .extracting(Resource::purchase)
                    .containsExactly(
                            "on_demand",
                            "on_demand",
                            "on_demand",
                            "spot",
                            "spot",
                            "spot",
                            "committed",
                            "committed",
                            "committed",
                            "committed",
                            null,
                            null);
            assertThat(store.scan().rejects())
                    .extracting(Reject::record, Reject::problem)
                    .containsExactly(tuple(14L, "purchase is \"FLEX_START\", none of on_demand, spot, committed"));
        }
    }

    /** A virtual machine of priority Spot without a purchase had the price on demand. */
    @Test
    void an_attribute_that_says_spot_is_how_it_was_bought_unless_the_column_says_another_way() {
        String inventory = """
                resource_id,kind,provider,purchase,priority,provisioning_model,preemptible,capacity_type,\
                instance_lifecycle,managed_spot
                a,instance,azure,,Spot,,,,,
                b,instance,azure,unknown,low_priority,,,,,
                c,instance,azure,,Low,,,,,
                d,instance,azure,,Regular,,,,,
                e,instance,azure,on_demand,Spot,,,,,
                f,instance,aws,,low,,,,,
                g,instance,gcp,,,SPOT,,,,
                h,instance,gcp,,,FLEX_START,,,,
                i,instance,gcp,,,STANDARD,True,,,
                j,instance,gcp,,,STANDARD,False,,,
                k,node_group,aws,,,,,SPOT,,
                l,node_group,aws,,,,,ON_DEMAND,,
                m,instance,aws,,,,,,spot,
                n,training_job,aws,,,,,,,Yes
                o,training_job,aws,,,,,,,false
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, null)) {
            assertThat(store.scan().resources())
                    .extracting(Resource::purchase)
                    .containsExactly(
                            "spot",
                            "spot",
                            "spot",
                            null,
                            "on_demand",
                            null,
                            "spot",
                            null,
                            "spot",
                            null,
                            "spot",
                            null,
                            "spot",
                            "spot",
                            null);
        }
    }

    /** A model that is hosted on-demand was idle by the hour, and machines of Slurm could be scaled by AWS. */
    @Test
    void words_of_attributes_are_those_of_the_documentation_in_any_spelling() {
        String inventory = """
                resource_id,kind,hosting,orchestrator
                a,model_usage,Fine_Tuned on-demand,Slurm
                b,model_usage,"Fine Tuned, On_Demand",EKS
                c,model_usage,finetuned,
                d,model_usage,Imported,
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, null)) {
            assertThat(store.scan().resources())
                    .extracting(
                            each -> each.attributes().get("hosting"),
                            each -> each.attributes().get("orchestrator"))
                    .containsExactly(
                            tuple("fine-tuned on demand", "slurm"),
                            tuple("fine-tuned, on demand", "eks"),
                            tuple("fine-tuned", null),
                            tuple("imported", null));
        }
    }

    /** Decimal commas of a spreadsheet were read in the columns, and not in further ones. */
    @Test
    void numbers_of_attributes_are_read_as_a_spreadsheet_leaves_them() {
        String inventory = """
                resource_id;kind;vcpus;prefix_hit_share;model_size_gib;size_gib;used_instances;note
                a;model_usage;1,5;0,6;13,5;500 GiB;2,0;1,5
                b;model_usage;1,5;60 %;13.5 GiB;0,25;3;60 %
                c;model_usage;1,5;0.6;1,024;1,0245;;
                d;model_usage;1,5;0,125;many;;;
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, null)) {
            assertThat(store.scan().resources())
                    .extracting(Resource::attributes)
                    .containsExactly(
                            Map.of(
                                    "prefix_hit_share",
                                    "0.6",
                                    "model_size_gib",
                                    "13.5",
                                    "size_gib",
                                    "500",
                                    "used_instances",
                                    "2.0",
                                    "note",
                                    "1,5"),
                            Map.of(
                                    "prefix_hit_share",
                                    "0.6",
                                    "model_size_gib",
                                    "13.5",
                                    "size_gib",
                                    "0.25",
                                    "used_instances",
                                    "3",
                                    "note",
                                    "60 %"),
                            Map.of("prefix_hit_share", "0.6", "model_size_gib", "1,024", "size_gib", "1.0245"),
                            Map.of("prefix_hit_share", "0.125", "model_size_gib", "many"));
        }
    }

    @Test
    void percentages_of_attributes_are_read_as_a_spreadsheet_leaves_them() {
        String inventory = """
                resource_id;kind;data_capture_percent;request_logging_percent;data_collection_percent
                a;inference_endpoint;100 %;12,5;12,5 %
                b;inference_endpoint;100.0;all;
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, null)) {
            assertThat(store.scan().resources())
                    .extracting(Resource::attributes)
                    .containsExactly(
                            Map.of(
                                    "data_capture_percent",
                                    "100",
                                    "request_logging_percent",
                                    "12.5",
                                    "data_collection_percent",
                                    "12.5"),
                            Map.of("data_capture_percent", "100.0", "request_logging_percent", "all"));
        }
    }

    /** Each reader of a time had its own parser: a change with a negative offset had never been. */
    @Test
    void times_in_attributes_are_utc_for_all_that_read_them_and_unknown_where_they_cannot_be_read() {
        String inventory = """
                resource_id,kind,configured_at,stopped_since
                a,instance,2026-06-27T12:00:00Z,2026-06-27
                b,instance,2026-06-27T05:00:00-07:00,2026-06-27 12:00:00 UTC
                c,instance,2026-06-27T12:00:00+0000,2026-06-27 14:00:00+02
                d,instance,2026-06-27T12:00:00.123Z,2026-06-27 12:00
                e,instance,last week,
                f,instance,,2026-06-27 12:00:00 CEST
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, null)) {
            assertThat(store.scan().resources())
                    .extracting(
                            Resource::resourceId,
                            each -> each.attributes().get("configured_at"),
                            each -> each.attributes().get("stopped_since"))
                    .containsExactly(
                            tuple("a", "2026-06-27T12:00:00Z", "2026-06-27"),
                            tuple("b", "2026-06-27T12:00:00Z", "2026-06-27T12:00:00Z"),
                            tuple("c", "2026-06-27T12:00:00Z", "2026-06-27T12:00:00Z"),
                            tuple("d", "2026-06-27T12:00:00Z", "2026-06-27T12:00:00Z"),
                            tuple("e", null, null),
                            tuple("f", null, null));
            assertThat(store.scan().warnings())
                    .containsExactly(
                            "2 times of attributes can't be read (configured_at of e is \"last week\") and are "
                                    + "unknown. Write a time as 2026-06-30T12:00:00Z.");
        }
    }

    @Test
    void yes_and_no_and_words_of_attributes_are_read_in_any_spelling() {
        String inventory = """
                resource_id,kind,state,managed_spot,attributes
                a,training_job, Stopped ,TRUE,"{""shadow"": ""False"", ""note"": ""True story"",\
                ""hosting"": ""Fine-tuned""}"
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, null)) {
            assertThat(store.scan().resources())
                    .singleElement()
                    .satisfies(job -> assertThat(job.attributes())
                            .isEqualTo(Map.of(
                                    "managed_spot",
                                    "true",
                                    "shadow",
                                    "false",
                                    "note",
                                    "True story",
                                    "hosting",
                                    "fine-tuned")))
                    .extracting(Resource::state)
                    .isEqualTo("Stopped");
        }
    }

    @Test
    void a_region_is_written_as_its_cloud_writes_it() {
        String inventory = """
                resource_id,kind,provider,region
                a,instance,aws,US-East-1
                b,instance,azure,East US 2
                c,instance,azure,WestEurope
                d,instance,azure,global
                e,instance,gcp,Us-Central1
                f,log_store,gcp,EU
                g,instance,other,Rack-7
                h,instance,aws,ap-southeast-2b
                i,instance,gcp,europe-west4-a
                j,instance,gcp,https://www.googleapis.com/compute/v1/projects/p/zones/us-central1-a
                k,instance,gcp,projects/p/regions/us-central1
                l,instance,aws,us-west-2-lax-1a
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, null)) {
            assertThat(store.scan().resources())
                    .extracting(Resource::region)
                    .containsExactly(
                            "us-east-1",
                            "eastus2",
                            "westeurope",
                            "global",
                            "us-central1",
                            "EU",
                            "Rack-7",
                            "ap-southeast-2",
                            "europe-west4",
                            "us-central1",
                            "us-central1",
                            "us-west-2-lax-1a");
        }
    }

    @Test
    void the_id_shows_the_provider_where_none_is_given() {
        String inventory = """
                resource_id,kind
                arn:aws:sagemaker:us-east-1:123456789012:endpoint/chat,inference_endpoint
                aws:123456789012,account
                azure:6f1b2c3d-0000-4000-8000-000000000001,account
                gcp:shop-ml,account
                //compute.googleapis.com/projects/p/zones/us-central1-a/instances/vm,instance
                awsome:1,instance
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, null)) {
            assertThat(store.scan().resources())
                    .extracting(Resource::provider)
                    .containsExactlyInAnyOrder("aws", "aws", "azure", "gcp", "gcp", "other");
        }
    }

    /** Found by changed files: such a number of accelerators ended the scan as a defect of aiaudit. */
    @Test
    void rows_of_an_inventory_with_numbers_larger_than_any_instance_has_are_rejected() {
        String inventory = """
                resource_id,kind,provider,machine_type,replicas,accelerator,accelerator_count,\
                accelerator_memory_gib,vcpus,memory_gib
                ok,instance,aws,g5.xlarge,1000000,A10G,1e6,1e9,1e6,1e9
                a,instance,aws,g5.xlarge,1000001,,,,,
                b,instance,aws,g5.xlarge,,A10G,%s,,,
                c,instance,aws,g5.xlarge,,,,1e10,,
                d,instance,aws,g5.xlarge,,,,,Infinity,
                e,instance,aws,g5.xlarge,,,,,,NaN
                """.formatted("9".repeat(60));
        try (TestStore store = UsageFiles.read(folder, inventory, null)) {
            assertThat(store.scan().resources())
                    .extracting(Resource::resourceId)
                    .containsExactly("ok");
            assertThat(store.scan().rejects())
                    .extracting(Reject::line, Reject::column)
                    .containsExactly(
                            tuple(3L, "replicas"),
                            tuple(4L, "accelerator_count"),
                            tuple(5L, "accelerator_memory_gib"),
                            tuple(6L, "vcpus"),
                            tuple(7L, "memory_gib"));
            assertThat(store.scan().rejects().get(0).problem()).isEqualTo("replicas is \"1000001\", above 1,000,000");
        }
    }

    @Test
    void rows_of_an_inventory_with_impossible_values_are_rejected_and_named_by_line_and_column() {
        String inventory = """
                resource_id,kind,provider,replicas,accelerator_count,accelerator_memory_gib,vcpus,memory_gib,\
                created_at,ended_at,name
                ok,instance,GCP,0,0,0,0,0,2026-01-01,2026-01-01,"two
                lines"
                a,instance,aws,-3,,,,,,,
                b,instance,aws,,-1,,,,,,
                c,instance,aws,,,-24,,,,,
                d,instance,aws,,,,-0.5,,,,
                e,instance,aws,,,,,-16,,,
                f,instance,GCPX,,,,,,,,
                g,instance,aws,,,,,,2026-02-01,2026-01-31T23:00:00Z,
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, null)) {
            assertThat(store.scan().resources())
                    .extracting(Resource::resourceId, Resource::provider)
                    .containsExactly(tuple("ok", "gcp"));
            assertThat(store.scan().files()).extracting(ReadFile::rejectedRows).containsExactly(7L);
            assertThat(store.scan().rejects())
                    .extracting(Reject::line, Reject::column, Reject::value, Reject::problem)
                    .containsExactly(
                            tuple(4L, "replicas", "-3", "replicas is \"-3\", below 0"),
                            tuple(5L, "accelerator_count", "-1.0", "accelerator_count is \"-1.0\", below 0"),
                            tuple(
                                    6L,
                                    "accelerator_memory_gib",
                                    "-24.0",
                                    "accelerator_memory_gib is \"-24.0\", below 0"),
                            tuple(7L, "vcpus", "-0.5", "vcpus is \"-0.5\", below 0"),
                            tuple(8L, "memory_gib", "-16.0", "memory_gib is \"-16.0\", below 0"),
                            tuple(
                                    9L,
                                    "provider",
                                    "GCPX",
                                    "provider is \"GCPX\", none of aws, azure, gcp, kubernetes, other"),
                            tuple(
                                    10L,
                                    "ended_at",
                                    "2026-01-31 23:00:00",
                                    "ended_at is \"2026-01-31 23:00:00\", before created_at"));
        }
    }

    @Test
    void an_inventory_of_impossible_rows_alone_is_refused_with_the_reason() {
        assertThatThrownBy(() -> UsageFiles.read(folder, "resource_id,kind,provider\na,instance,GCPX\n", null))
                .isInstanceOfSatisfying(
                        UserError.class,
                        error -> assertThat(error.problem())
                                .endsWith("/inventory.csv: the only row could not be read: record 2:"
                                        + " provider is \"GCPX\", none of aws, azure, gcp, kubernetes, other."));
    }

    @Test
    void rows_that_contradict_each_other_are_reported_with_what_counted() {
        Path first = FocusCsv.text(folder, "a.csv", """
                resource_id,kind,region,replicas,tags,Cost Centre
                ep-1,inference_endpoint,eu-west-1,2,"{""env"": ""prod""}",1
                ep-1,inference_endpoint,us-east-1,,"{""env"": ""dev"", ""team"": ""x""}",2
                ep-2,instance,,,,
                """);
        Path second = FocusCsv.text(folder, "b.csv", """
                resource_id,kind,region,replicas
                EP-1,inference_endpoint,eu-west-1,3
                ep-1,inference_endpoint,eu-west-1,3
                ep-2,notebook,eu-west-1,
                """);
        try (TestStore store = TestStore.of(
                folder,
                IngestSettings.NONE,
                staging -> staging.files(TestStore.set(FileSet.Content.INVENTORY, first, second)))) {
            assertThat(store.scan().warnings())
                    .containsExactly(
                            "The inventory has contradictory rows for 4 values; the first row of each counts, by file "
                                    + "and line:"
                                    + " ep-1 region is \"eu-west-1\", then \"us-east-1\"; ep-1 replicas is \"2\", "
                                    + "then \"3\";"
                                    + " ep-1 tags.env is \"prod\", then \"dev\"; and 1 more.");
            assertThat(store.scan().resources())
                    .extracting(Resource::resourceId, Resource::region, Resource::replicas)
                    .contains(tuple("ep-1", "eu-west-1", 2), tuple("ep-2", "eu-west-1", null));
        }
    }

    @Test
    void rows_that_agree_or_complete_each_other_are_no_contradiction() {
        String inventory = """
                resource_id,kind,region,replicas
                ep-1,inference_endpoint,eu-west-1,
                ep-1,inference_endpoint,,2
                ep-1,inference_endpoint,eu-west-1,2
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, null)) {
            assertThat(store.scan().warnings()).isEmpty();
        }
    }

    @Test
    void kinds_and_lists_of_instances_are_read_in_any_spelling() {
        String inventory = """
                resource_id,kind,attributes
                a,Inference-Endpoint,
                b, Inference Endpoint ,
                c,volume,"{""attached_to"": [""i-1"", ""i-2""]}"
                d,volume,"{""attached_to"": []}"
                e,volume,"{""attached_to"": ""i-1, i-2""}"
                """;
        try (TestStore store = UsageFiles.read(folder, inventory, null)) {
            assertThat(store.scan().resources())
                    .extracting(Resource::kind, each -> each.attributes().get("attached_to"))
                    .containsExactly(
                            tuple("inference_endpoint", null),
                            tuple("inference_endpoint", null),
                            tuple("volume", "i-1,i-2"),
                            tuple("volume", ""),
                            tuple("volume", "i-1,i-2"));
        }
    }

    @Test
    void unknown_kinds_metrics_and_columns_are_reported() {
        String inventory = "resource_id,kind,created,Team\na,instanse,2026-01-01,x\nb,ec2,,\nc,instance,,\n";
        String usage = "resource_id,metric,hour,average\na,gpu_utilisation,2026-06-01T00:00:00Z,0.1\n";
        try (TestStore store = UsageFiles.read(folder, inventory, usage)) {
            assertThat(store.scan().warnings())
                    .satisfiesExactlyInAnyOrder(
                            warning -> assertThat(warning)
                                    .endsWith(
                                            "inventory.csv: the column created is kept as an attribute; if created_at "
                                                    + "is meant, rename it."),
                            warning -> assertThat(warning)
                                    .startsWith(
                                            "The inventory files have kinds that no rule looks at: ec2 (1 resource), "
                                                    + "instanse (1 resource; did you mean instance?). Known are "
                                                    + "instance, "),
                            warning -> assertThat(warning)
                                    .startsWith("The usage files have metrics that no rule reads: gpu_utilisation (1 "
                                            + "resource; did you mean gpu_utilization?). Known are "
                                            + "gpu_utilization, "));
        }
    }

    @Test
    void a_machine_that_goes_by_its_number_elsewhere_is_the_one_of_that_name() {
        String zone = "//compute.googleapis.com/projects/p1/zones/us-central1-a/instances/";
        String other = "//compute.googleapis.com/projects/123456/zones/us-central1-a/instances/";
        Path bill = new FocusCsv()
                .row(
                        "ProviderName=Google Cloud",
                        "ServiceName=Compute Engine",
                        "SubAccountId=p1",
                        "ResourceId=" + other + "5637362847561")
                .write(folder, "b.csv");
        Path inventory = FocusCsv.text(folder, "inventory.csv", """
                resource_id,kind,instance_id,attributes
                %1$strain-1,instance,5637362847561,
                %1$strain-2,instance,,"{""id"": ""77""}"
                """.formatted(zone));
        Path usage = FocusCsv.text(folder, "usage.csv", """
                resource_id,metric,hour,average
                %1$s5637362847561,gpu_utilization,2026-06-01T00:00:00Z,0.5
                %1$s77,gpu_utilization,2026-06-01T00:00:00Z,0.5
                %1$s78,gpu_utilization,2026-06-01T00:00:00Z,0.5
                """.formatted(zone));
        try (TestStore store = TestStore.of(folder, IngestSettings.NONE, staging -> {
            staging.files(TestStore.set(FileSet.Content.BILLING, bill));
            staging.files(TestStore.set(FileSet.Content.INVENTORY, inventory));
            staging.files(TestStore.set(FileSet.Content.USAGE, usage));
        })) {
            assertThat(store.scan().resources())
                    .extracting(Resource::resourceId, Resource::kind)
                    .containsExactly(
                            tuple(zone + "78", "unknown"),
                            tuple(zone + "train-1", "instance"),
                            tuple(zone + "train-2", "instance"));
            assertThat(UsageFiles.metrics(store))
                    .extracting(row -> row.get(0))
                    .containsExactly(zone + "78", zone + "train-1", zone + "train-2");
            assertThat(store.locked()
                            .select("SELECT DISTINCT resource_id FROM charges")
                            .rows())
                    .containsExactly(List.of(zone + "train-1"));
        }
    }

    @Test
    void other_files_are_refused_with_what_they_lack() {
        Path file = FocusCsv.text(folder, "x.csv", "resource_id,hour\na,b\n");
        assertThatThrownBy(() -> InputFiles.find(FileSet.Content.USAGE, file.toString(), Set.of()))
                .isInstanceOfSatisfying(UserError.class, error -> {
                    assertThat(error.problem())
                            .isEqualTo(file
                                    + ": its header is not that of a usage file. Found: resource_id, hour; "
                                    + "missing: metric, average (or maximum, total).");
                    assertThat(error.fix())
                            .isEqualTo("Use a file whose first line names resource_id, metric, hour, average (or "
                                    + "maximum, total).");
                });
    }
}
