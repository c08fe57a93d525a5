package org.openkaiwu.skill;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** The control nodes and leaf forms that trees are made of. */
public final class Nodes {
    private Nodes() {}

    /** Ticks its children in order; fails with the first that fails. */
    public static Node sequence(String name, Node... children) {
        return new Sequence(name, List.of(children));
    }

    /** Ticks its children in order; fails with the first that fails. */
    public static Node sequence(String name, List<Node> children) {
        return new Sequence(name, children);
    }

    /** The same work; each of its failures is told. */
    public static Node noting(String name, Node work, Consumer<Status.Failure> told) {
        return new Node(name) {
            @Override
            public List<Node> children() {
                return List.of(work);
            }

            @Override
            protected Status run(Agent agent) {
                Status s = work.tick(agent);
                if (s instanceof Status.Failure f) {
                    told.accept(f);
                }
                return s;
            }
        };
    }

    /** Ticks its children in order until one succeeds; fails with the last. */
    public static Node fallback(String name, Node... children) {
        return new Fallback(name, List.of(children));
    }

    /**
     * Tries the child up to {@code attempts} times.
     *
     * @param hopeless codes of failures that end the trying at once
     */
    public static Node retry(String name, int attempts, Set<String> hopeless, Node child) {
        return new Retry(name, attempts, hopeless, child);
    }

    /** A leaf that has nothing to do. */
    public static Node succeed(String name) {
        return leaf(name, a -> Status.SUCCESS);
    }

    /** A child made when it is first ticked, from what is known then. */
    public static Node lazy(String name, Function<Agent, Node> maker) {
        return new Lazy(name, maker);
    }

    /** A leaf that is one function of the agent. */
    public static Node leaf(String name, Function<Agent, Status> work) {
        return new Node(name) {
            @Override
            protected Status run(Agent agent) {
                return work.apply(agent);
            }
        };
    }

    /** Lets {@code seconds} pass. */
    public static Node pause(String name, double seconds) {
        return new Pause(name, seconds);
    }

    private static final class Sequence extends Node {
        private final List<Node> children;
        private int index;

        Sequence(String name, List<Node> children) {
            super(name);
            this.children = List.copyOf(children);
        }

        @Override
        public List<Node> children() {
            return children;
        }

        @Override
        protected Status run(Agent agent) {
            while (index < children.size()) {
                Status s = children.get(index).tick(agent);
                if (!(s instanceof Status.Success)) {
                    return s;
                }
                index++;
            }
            return Status.SUCCESS;
        }

        @Override
        protected void onReset() {
            index = 0;
        }
    }

    private static final class Fallback extends Node {
        private final List<Node> children;
        private int index;

        Fallback(String name, List<Node> children) {
            super(name);
            this.children = List.copyOf(children);
        }

        @Override
        public List<Node> children() {
            return children;
        }

        @Override
        protected Status run(Agent agent) {
            Status s = Status.failure("nothing_to_try", "There was nothing to try.", "没有可尝试的办法。");
            while (index < children.size()) {
                s = children.get(index).tick(agent);
                if (!(s instanceof Status.Failure)) {
                    return s;
                }
                index++;
            }
            return s;
        }

        @Override
        protected void onReset() {
            index = 0;
        }
    }

    private static final class Retry extends Node {
        private final int attempts;
        private final Set<String> hopeless;
        private final Node child;
        private int failed;

        Retry(String name, int attempts, Set<String> hopeless, Node child) {
            super(name);
            this.hopeless = hopeless;
            this.attempts = attempts;
            this.child = child;
        }

        @Override
        public List<Node> children() {
            return List.of(child);
        }

        @Override
        protected Status run(Agent agent) {
            Status s = child.tick(agent);
            if (s instanceof Status.Failure f
                    && !hopeless.contains(f.code())
                    && ++failed < attempts) {
                child.reset();
                return Status.RUNNING;
            }
            return s;
        }

        @Override
        protected void onReset() {
            failed = 0;
        }
    }

    private static final class Lazy extends Node {
        private final Function<Agent, Node> maker;
        private Node made;

        Lazy(String name, Function<Agent, Node> maker) {
            super(name);
            this.maker = maker;
        }

        @Override
        public List<Node> children() {
            return made == null ? List.of() : List.of(made);
        }

        @Override
        protected Status run(Agent agent) {
            if (made == null) {
                made = maker.apply(agent);
            }
            return made.tick(agent);
        }

        @Override
        protected void onReset() {
            made = null;
        }
    }

    private static final class Pause extends Node {
        private final double seconds;
        private double end = Double.NaN;

        Pause(String name, double seconds) {
            super(name);
            this.seconds = seconds;
        }

        @Override
        protected Status run(Agent agent) {
            double now = agent.telemetry().time();
            if (Double.isNaN(end)) {
                end = now + seconds;
            }
            return now >= end - 1e-9 ? Status.SUCCESS : Status.RUNNING;
        }

        @Override
        protected void onReset() {
            end = Double.NaN;
        }
    }
}
