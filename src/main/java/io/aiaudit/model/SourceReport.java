package io.aiaudit.model;

import java.util.List;

/**
 * What a source would give a scan.
 *
 * @param parts what was tried, in the order to show
 * @param provided kinds of resources that it knows, with the metrics that it can read of them
 * @param rules what each rule would examine, where the source was read in whole; empty where it was only tried: then
 *     {@code provided} shows what rules can expect
 * @param notes further sentences about what was seen
 * @param setup lines to paste that give the source what it needs, such as a policy with all permissions; printed as
 * they are
 */
public record SourceReport(
        List<Part> parts,
        List<Provided> provided,
        List<Audit.RuleReport> rules,
        List<String> notes,
        List<String> setup) {
    public SourceReport {
        parts = List.copyOf(parts);
        provided = List.copyOf(provided);
        rules = List.copyOf(rules);
        notes = List.copyOf(notes);
        setup = List.copyOf(setup);
    }

    /** Of a source that was tried and not read. */
    public static SourceReport tried(List<Part> parts, List<Provided> provided, List<String> setup) {
        return new SourceReport(parts, provided, List.of(), List.of(), setup);
    }

    /** How far a part can be read. */
    public enum State implements Keyed {
        READY,
        /** Some of it, such as all rows but two, or all regions but one. */
        PARTLY,
        MISSING,
        /** It is there, and nothing of it can be read. */
        UNREADABLE,
        /** A file that can be read and has the form of none that a scan takes. */
        UNKNOWN,
        /** A scan does not need it. */
        UNUSED
    }

    /**
     * One thing that was tried.
     *
     * @param name such as a file, an account with its region, or a permission
     * @param what was found there, null = nothing
     * @param problem why it cannot be read, or not all of it; null = none
     * @param fix what to do about the problem, with a command to paste; null without one
     * @param reads what cannot be read without it, as a list of permissions names it; empty where that is plain or
     * unknown
     */
    public record Part(String name, State state, String what, String problem, String fix, List<String> reads) {
        public Part {
            reads = List.copyOf(reads);
        }

        /** Of which it is plain what is missing. */
        public Part(String name, State state, String what, String problem, String fix) {
            this(name, state, what, problem, fix, List.of());
        }

        public static Part ready(String name, String what) {
            return new Part(name, State.READY, what, null, null);
        }

        public static Part missing(String name, String problem, String fix) {
            return new Part(name, State.MISSING, null, problem, fix);
        }

        public static Part missing(String name, String problem, String fix, List<String> reads) {
            return new Part(name, State.MISSING, null, problem, fix, reads);
        }

        public static Part unused(String name, String reason) {
            return new Part(name, State.UNUSED, reason, null, null);
        }
    }

    /**
     * One kind of resource of one provider.
     *
     * @param resources how many, null = not counted
     */
    public record Provided(String provider, String kind, Integer resources, List<Metric> metrics) {
        public Provided {
            metrics = List.copyOf(metrics);
        }
    }

    /**
     * A metric that can be read.
     *
     * @param resources of how many resources of the kind, null = not counted
     */
    public record Metric(String name, Integer resources) {}
}
