package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A bottom-up chart parser over a lattice. For each symbol and span a few cheapest readings with
 * different meanings are kept, so a sentence yields its best readings, not one.
 */
final class Chart {
    private static final int KEEP = 4;
    private static final int KEEP_CLAUSES = 10;
    private static final int EDGE_LIMIT = 60_000;

    /**
     * A reading of a span.
     *
     * @param value its meaning
     * @param kids the parts; empty for a token
     */
    record Edge(
            int symbol,
            int start,
            int end,
            double cost,
            Object value,
            Edge[] kids,
            Lattice.Token token) {

        /** The tokens in order. */
        void tokens(List<Lattice.Token> out) {
            if (token != null) {
                out.add(token);
            }
            for (Edge kid : kids) {
                kid.tokens(out);
            }
        }
    }

    private record Item(
            Grammar.Rule rule, int dot, int start, double cost, Edge last, Item before) {}

    private final Grammar grammar;
    private final Lattice lattice;
    private final Composer composer;
    // items by the position they wait at and the symbol they need
    private final List<Item>[][] waiting;
    private final List<List<Edge>> edges = new ArrayList<>();
    private final List<Edge> agenda = new ArrayList<>();
    private int made;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Chart(Grammar grammar, Lattice lattice) {
        this.grammar = grammar;
        this.lattice = lattice;
        composer = new Composer(lattice);
        waiting = new List[lattice.length() + 1][];
        int size = lattice.length() * grammar.count();
        for (int i = 0; i <= size; i++) {
            edges.add(null);
        }
    }

    /** The readings of the whole sentence, cheapest first. */
    static List<Edge> read(Grammar grammar, Lattice lattice) {
        return new Chart(grammar, lattice).run(grammar.start());
    }

    /** The readings of the whole sentence as another symbol than a text. */
    static List<Edge> read(Grammar grammar, Lattice lattice, String symbol) {
        return new Chart(grammar, lattice).run(grammar.find(symbol));
    }

    private List<Edge> run(int wanted) {
        var readings = new ArrayList<Edge>();
        int n = lattice.length();
        for (int end = 1; end <= n; end++) {
            for (List<Edge> ignored = clear(); ignored != null; ignored = null) {
                tokens(end);
            }
            while (!agenda.isEmpty() && made < EDGE_LIMIT) {
                int best = 0;
                for (int i = 1; i < agenda.size(); i++) {
                    // shorter spans first, so that their readings are complete when others use them
                    if (agenda.get(i).start() > agenda.get(best).start()) {
                        best = i;
                    }
                }
                Edge edge = agenda.remove(best);
                if (end == n && edge.symbol() == wanted) {
                    readings.add(edge);
                }
                advance(edge);
            }
        }
        var out = new ArrayList<Edge>();
        for (Edge e : readings) {
            double start = lattice.startCost(e.start());
            if (start < Double.POSITIVE_INFINITY) {
                out.add(
                        new Edge(
                                e.symbol(),
                                e.start(),
                                e.end(),
                                e.cost() + start,
                                e.value(),
                                e.kids(),
                                e.token()));
            }
        }
        out.sort(Comparator.comparingDouble(Edge::cost));
        return out;
    }

    private List<Edge> clear() {
        for (int i = 0; i < edges.size(); i++) {
            edges.set(i, null);
        }
        agenda.clear();
        return agenda;
    }

    private void tokens(int end) {
        for (Lattice.Token t : lattice.ending(end)) {
            Object value = composer.leaf(t.sense());
            var none = new Edge[0];
            int plain = grammar.find(t.sense().category());
            if (plain >= 0) {
                offer(new Edge(plain, t.start(), end, t.cost(), value, none, t));
            }
            int exact = grammar.find(t.sense().category() + "." + t.sense().value());
            if (exact >= 0) {
                offer(new Edge(exact, t.start(), end, t.cost(), value, none, t));
            }
        }
    }

    private void offer(Edge edge) {
        int key = edge.start() * grammar.count() + edge.symbol();
        List<Edge> same = edges.get(key);
        if (same == null) {
            same = new ArrayList<>(KEEP);
            edges.set(key, same);
        }
        int worst = -1;
        for (int i = 0; i < same.size(); i++) {
            Edge e = same.get(i);
            if (e.value().equals(edge.value())) {
                if (e.cost() <= edge.cost() + 1e-9) {
                    return;
                }
                same.set(i, edge);
                agenda.add(edge);
                made++;
                return;
            }
            if (worst < 0 || e.cost() > same.get(worst).cost()) {
                worst = i;
            }
        }
        if (same.size() >= (grammar.clause(edge.symbol()) ? KEEP_CLAUSES : KEEP)) {
            if (same.get(worst).cost() <= edge.cost()) {
                return;
            }
            same.set(worst, edge);
        } else {
            same.add(edge);
        }
        agenda.add(edge);
        made++;
    }

    private void advance(Edge edge) {
        for (Grammar.Rule rule : grammar.startingWith(edge.symbol())) {
            step(
                    new Item(rule, 1, edge.start(), edge.cost() + rule.cost(), edge, null),
                    edge.end());
        }
        List<Item>[] at = waiting[edge.start()];
        if (at == null || at[edge.symbol()] == null) {
            return;
        }
        List<Item> items = at[edge.symbol()];
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            step(
                    new Item(
                            item.rule(),
                            item.dot() + 1,
                            item.start(),
                            item.cost() + edge.cost(),
                            edge,
                            item),
                    edge.end());
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void step(Item item, int end) {
        Grammar.Rule rule = item.rule();
        if (item.dot() < rule.right().length) {
            int need = rule.right()[item.dot()];
            if (waiting[end] == null) {
                waiting[end] = new List[grammar.count()];
            }
            if (waiting[end][need] == null) {
                waiting[end][need] = new ArrayList<>();
            }
            waiting[end][need].add(item);
            return;
        }
        var kids = new Edge[rule.right().length];
        Item walk = item;
        for (int i = kids.length - 1; i >= 0; i--) {
            kids[i] = walk.last();
            walk = walk.before();
        }
        Object value = composer.build(rule, kids);
        if (value != null) {
            offer(new Edge(rule.left(), item.start(), end, item.cost(), value, kids, null));
        }
    }
}
