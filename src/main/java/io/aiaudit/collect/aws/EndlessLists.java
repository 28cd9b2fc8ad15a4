package io.aiaudit.collect.aws;

import io.aiaudit.collect.PagesRead;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Ends a list that does not end by itself: the paginators of the SDK would follow it for ever. A list is read by one
 * thread, page after page.
 */
final class EndlessLists {
    /** How AWS's services call what a request for a page takes and a page gives; S3 repeats the former in its page. */
    private static final Pattern OF_A_PAGE =
            Pattern.compile("(?i)(next|continuation|nextpage|pagination)?(token|marker)");

    private static final Pattern OF_THE_NEXT = Pattern.compile("(?i)(next.*|pagination)?(token|marker)");

    private final ThreadLocal<Map<List<Object>, PagesRead>> lists = ThreadLocal.withInitial(HashMap::new);

    /** A list was given up for this; nothing of AWS's own. */
    static final class Endless extends SdkClientException {
        private static final long serialVersionUID = 1L;

        private Endless(Builder builder) {
            super(builder);
        }
    }

    /**
     * Takes note of a page.
     *
     * @param operation with its region
     * @throws Endless where the list does not end
     */
    void read(String operation, SdkRequest request, SdkResponse page) {
        Object next = valueOf(page, OF_THE_NEXT);
        List<Object> list = List.of(operation, withoutTokens(request));
        if (next == null) {
            lists.get().remove(list);
            return;
        }
        if (valueOf(request, OF_A_PAGE) == null) {
            lists.get().remove(list);
        }
        PagesRead pages = lists.get().computeIfAbsent(list, key -> new PagesRead());
        if (pages.isEndless(withoutTokens(page), next)) {
            lists.get().remove(list);
            throw new Endless(SdkClientException.builder().message("the list does not end"));
        }
    }

    private static List<Object> withoutTokens(SdkPojo message) {
        return message.sdkFields().stream()
                .filter(field -> !OF_A_PAGE.matcher(field.memberName()).matches()
                        && !OF_THE_NEXT.matcher(field.memberName()).matches())
                .<Object>map(field -> field.getValueOrDefault(message))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Object valueOf(SdkPojo message, Pattern name) {
        return message.sdkFields().stream()
                .filter(field -> name.matcher(field.memberName()).matches())
                .<Object>map(field -> field.getValueOrDefault(message))
                .filter(value -> value instanceof String text && !text.isEmpty())
                .findFirst()
                .orElse(null);
    }
}
