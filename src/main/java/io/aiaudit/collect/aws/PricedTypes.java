package io.aiaudit.collect.aws;

import io.aiaudit.model.ResourceBuilder;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * What a machine type is made of according to the built-in price list. For types that EC2 does not describe, or where
 * EC2 cannot be read: without the number of its accelerators nothing that SageMaker measures of a machine can be read.
 */
final class PricedTypes {
    private static final String LIST = "/io/aiaudit/store/reference/offers-aws.csv";

    /** By the name of the hardware, without {@code ml.}; read when it is first needed. */
    private static Map<String, CSVRecord> types;

    private PricedTypes() {}

    /** Nothing is described where the list does not have the type. */
    static void describe(ResourceBuilder resource, String hardware) {
        CSVRecord type = types().get(hardware);
        if (type == null) {
            return;
        }
        resource.vcpus(decimal(type, "vcpus")).memoryGib(decimal(type, "memory_gib"));
        if (!type.get("accelerator").isEmpty()) {
            resource.accelerator(type.get("accelerator"))
                    .acceleratorCount(decimal(type, "accelerator_count"))
                    .acceleratorMemoryGib(decimal(type, "accelerator_memory_gib"));
        }
    }

    private static BigDecimal decimal(CSVRecord type, String column) {
        return type.get(column).isEmpty() ? null : new BigDecimal(type.get(column));
    }

    private static synchronized Map<String, CSVRecord> types() {
        if (types == null) {
            types = new HashMap<>();
            try (Reader list =
                    new InputStreamReader(PricedTypes.class.getResourceAsStream(LIST), StandardCharsets.UTF_8)) {
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(list)
                        .forEach(row -> types.put(MachineTypes.hardware(row.get("machine_type")), row));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return types;
    }
}
