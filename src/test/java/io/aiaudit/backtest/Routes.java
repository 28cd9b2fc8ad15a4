package io.aiaudit.backtest;

import io.aiaudit.testing.Needs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which questions a weak model answered as well as a strong one (data/routing). Categories are chosen on one half,
 * those with the smallest loss first, and judged on the other.
 */
final class Routes {
    /** What may be lost on the half that chooses, so that the other half stays within a hundredth. */
    static final double LOSS_WHEN_CHOOSING = 0.005;

    private record Question(String category, int characters, double weak, double strong) {
        double loss() {
            return strong - weak;
        }
    }

    /**
     * What the chosen categories are of the other half.
     *
     * @param cost by the length of the questions
     * @param loss share of all answers that were right before and are wrong now, less those that got right
     */
    record Result(int questions, double requests, double cost, double loss) {}

    private final List<Question> even = new ArrayList<>();
    private final List<Question> odd = new ArrayList<>();

    Routes() {
        Table.read(Needs.data("routing/routellm_per_query.csv.gz"), row -> {
            if (!row.get("dataset").startsWith("mt")) { // those are marks from 1 to 10
                List<Question> half = even.size() == odd.size() ? even : odd;
                half.add(new Question(
                        row.get("dataset") + "/" + row.get("category"),
                        Integer.parseInt(row.get("prompt_chars")),
                        Double.parseDouble(row.get("weak_score_mixtral8x7b")),
                        Double.parseDouble(row.get("strong_score_gpt4_1106"))));
            }
        });
    }

    /** Chosen on the first half and judged on the second, then the other way round. */
    List<Result> results(double lossWhenChoosing) {
        return List.of(judge(chosen(even, lossWhenChoosing), odd), judge(chosen(odd, lossWhenChoosing), even));
    }

    private static Set<String> chosen(List<Question> questions, double most) {
        Map<String, List<Question>> categories = new TreeMap<>();
        questions.forEach(question -> categories
                .computeIfAbsent(question.category(), category -> new ArrayList<>())
                .add(question));
        List<String> best = categories.keySet().stream()
                .sorted(Comparator.comparingDouble((String category) -> loss(categories.get(category))
                        / categories.get(category).size()))
                .toList();
        Set<String> chosen = new HashSet<>();
        double lost = 0;
        for (String category : best) {
            lost += Math.max(0, loss(categories.get(category))) / questions.size();
            if (lost > most) {
                break;
            }
            chosen.add(category);
        }
        return chosen;
    }

    private static double loss(List<Question> questions) {
        return questions.stream().mapToDouble(Question::loss).sum();
    }

    private static Result judge(Set<String> chosen, List<Question> questions) {
        List<Question> routed = questions.stream()
                .filter(question -> chosen.contains(question.category()))
                .toList();
        return new Result(
                questions.size(),
                (double) routed.size() / questions.size(),
                (double) characters(routed) / characters(questions),
                loss(routed) / questions.size());
    }

    private static long characters(List<Question> questions) {
        return questions.stream().mapToLong(Question::characters).sum();
    }
}
