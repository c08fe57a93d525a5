package org.openkaiwu.brain.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openkaiwu.math.InputException;
import tools.jackson.databind.JsonNode;

/** The rules of grammar.yaml, optional parts written out, symbols numbered. */
final class Grammar {

    /**
     * A rule.
     *
     * @param right symbols
     * @param roles the role of each symbol, or empty
     * @param action what to make of the parts
     */
    record Rule(
            int left, int[] right, String[] roles, String action, String argument, double cost) {}

    private final Map<String, Integer> symbols = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private Rule[][] byFirst = new Rule[0][];
    private final int start;
    private final int steps;
    private final int clause;

    Grammar(JsonNode data) {
        start = symbol(data.path("start").asString());
        steps = symbol("steps");
        clause = symbol("clause");
        for (JsonNode line : data.path("rules")) {
            add(line.asString());
        }
        var lists = new ArrayList<List<Rule>>();
        for (int i = 0; i < names.size(); i++) {
            lists.add(new ArrayList<>());
        }
        for (Rule r : rules) {
            lists.get(r.right()[0]).add(r);
        }
        byFirst = lists.stream().map(l -> l.toArray(Rule[]::new)).toArray(Rule[][]::new);
    }

    private void add(String line) {
        String[] halves = line.split(" : ");
        String[] sides = halves[0].split(" -> ");
        if (halves.length != 2 || sides.length != 2) {
            throw new InputException(
                    "words/grammar.yaml", "a rule is 'left -> right : action': " + line);
        }
        double cost = 0;
        String action = halves[1].strip();
        int at = action.indexOf('@');
        if (at >= 0) {
            cost = Double.parseDouble(action.substring(at + 1).strip());
            action = action.substring(0, at).strip();
        }
        String[] words = action.split(" ");
        String[] items = sides[1].strip().split("\\s+");
        int optional = (int) java.util.Arrays.stream(items).filter(i -> i.endsWith("?")).count();
        for (int mask = 0; mask < 1 << optional; mask++) {
            var right = new ArrayList<Integer>();
            var roles = new ArrayList<String>();
            int seen = 0;
            for (String item : items) {
                String symbol = item;
                if (item.endsWith("?")) {
                    symbol = item.substring(0, item.length() - 1);
                    if ((mask >> seen++ & 1) == 1) {
                        continue;
                    }
                }
                int eq = symbol.indexOf('=');
                roles.add(eq < 0 ? "" : symbol.substring(0, eq));
                right.add(symbol(symbol.substring(eq + 1)));
            }
            if (right.isEmpty()) {
                continue;
            }
            rules.add(
                    new Rule(
                            symbol(sides[0].strip()),
                            right.stream().mapToInt(Integer::intValue).toArray(),
                            roles.toArray(String[]::new),
                            words[0],
                            words.length > 1 ? words[1] : "",
                            cost));
        }
    }

    private int symbol(String name) {
        return symbols.computeIfAbsent(
                name,
                n -> {
                    names.add(n);
                    return names.size() - 1;
                });
    }

    /** Number of a symbol, or -1 when no rule speaks of it. */
    int find(String name) {
        return symbols.getOrDefault(name, -1);
    }

    /** Whether a symbol is a whole clause or more: of these more readings are kept. */
    boolean clause(int symbol) {
        return symbol == start || symbol == steps || symbol == clause;
    }

    int start() {
        return start;
    }

    int count() {
        return names.size();
    }

    Rule[] startingWith(int symbol) {
        return byFirst[symbol];
    }
}
