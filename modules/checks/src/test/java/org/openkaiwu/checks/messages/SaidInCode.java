package org.openkaiwu.checks.messages;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.ToolProvider;

/**
 * Every message about wrong input that the product's sources can give, as templates with {@code {}}
 * for what is filled in: what is handed to InputException and Problem, directly or through methods
 * that pass their argument on. Read from syntax alone.
 */
final class SaidInCode {
    /** Calls of this name with so many arguments carry a message at the index. */
    private record Carrier(String name, int arity, int index) {}

    private static final int DEEPEST = 6;

    private final Set<Carrier> carriers =
            new LinkedHashSet<>(
                    List.of(
                            new Carrier("InputException", 2, 1),
                            new Carrier("InputException", 3, 1),
                            new Carrier("Problem", 3, 2)));
    private final Set<String> found = new TreeSet<>();

    private final Map<String, List<MethodTree>> writers = new HashMap<>();

    private SaidInCode() {}

    /** The templates in the main sources under {@code modules}. */
    static Set<String> under(Path modules) throws IOException {
        List<Path> files;
        try (var all = Files.walk(modules)) {
            files =
                    all.filter(p -> p.toString().endsWith(".java"))
                            .filter(p -> p.toString().replace('\\', '/').contains("/src/main/"))
                            .sorted()
                            .toList();
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        List<CompilationUnitTree> units = new ArrayList<>();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    null,
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files));
            task.parse().forEach(units::add);
        }
        SaidInCode said = new SaidInCode();
        units.forEach(said::note);
        int known;
        do {
            known = said.carriers.size();
            said.found.clear();
            units.forEach(u -> said.new Calls().scan(u, null));
        } while (said.carriers.size() > known);
        return said.found;
    }

    /** Remembers the methods that give a String. */
    private void note(CompilationUnitTree unit) {
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree m, Void v) {
                if (m.getReturnType() != null && m.getReturnType().toString().equals("String")) {
                    writers.computeIfAbsent(m.getName().toString(), n -> new ArrayList<>()).add(m);
                }
                return super.visitMethod(m, v);
            }
        }.scan(unit, null);
    }

    /** Looks at every call of one file. */
    private final class Calls extends TreePathScanner<Void, Void> {
        @Override
        public Void visitNewClass(NewClassTree n, Void v) {
            look(lastName(n.getIdentifier()), n.getArguments());
            return super.visitNewClass(n, v);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree n, Void v) {
            look(lastName(n.getMethodSelect()), n.getArguments());
            return super.visitMethodInvocation(n, v);
        }

        private void look(String name, List<? extends ExpressionTree> arguments) {
            for (Carrier c : List.copyOf(carriers)) {
                if (c.name.equals(name) && c.arity == arguments.size()) {
                    ExpressionTree message = arguments.get(c.index);
                    // A list's note or a player's error is no message: those are texts.
                    if (!passedOn(message)) {
                        found.addAll(templates(message, 0));
                    }
                }
            }
        }

        /**
         * Whether the expression is a parameter of the method around, which then carries messages.
         */
        private boolean passedOn(ExpressionTree e) {
            MethodTree m = around();
            if (!(e instanceof IdentifierTree id) || m == null) {
                return false;
            }
            for (int i = 0; i < m.getParameters().size(); i++) {
                VariableTree p = m.getParameters().get(i);
                if (p.getName().equals(id.getName())) {
                    if (p.getType() != null && p.getType().toString().equals("String")) {
                        carriers.add(
                                new Carrier(m.getName().toString(), m.getParameters().size(), i));
                    }
                    return true;
                }
            }
            return false;
        }

        private MethodTree around() {
            for (TreePath p = getCurrentPath(); p != null; p = p.getParentPath()) {
                if (p.getLeaf() instanceof MethodTree m && !m.getName().contentEquals("<init>")) {
                    return m;
                }
            }
            return null;
        }

        private List<String> templates(ExpressionTree e, int depth) {
            if (depth > DEEPEST) {
                return List.of("{}");
            }
            return switch (e) {
                case LiteralTree l -> literal(l.getValue());
                case ParenthesizedTree p -> templates(p.getExpression(), depth);
                case BinaryTree b when b.getKind() == Tree.Kind.PLUS ->
                        joined(
                                templates(b.getLeftOperand(), depth),
                                templates(b.getRightOperand(), depth));
                case ConditionalExpressionTree c ->
                        both(
                                templates(c.getTrueExpression(), depth),
                                templates(c.getFalseExpression(), depth));
                case SwitchExpressionTree s -> {
                    List<String> out = new ArrayList<>();
                    for (CaseTree c : s.getCases()) {
                        out.addAll(
                                c.getBody() instanceof ExpressionTree x
                                        ? templates(x, depth)
                                        : List.of("{}"));
                    }
                    yield out;
                }
                case IdentifierTree id when depth > 0 || around() != null -> assigned(id, depth);
                case MethodInvocationTree call
                        when lastName(call.getMethodSelect()).equals("format") ->
                        formatted(call, depth);
                case MethodInvocationTree call ->
                        returned(lastName(call.getMethodSelect()), depth + 1);
                default -> List.of("{}");
            };
        }

        /** What the method around gives to a variable of its own. */
        private List<String> assigned(IdentifierTree id, int depth) {
            MethodTree m = around();
            List<String> out = new ArrayList<>();
            if (m != null) {
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitVariable(VariableTree v, Void x) {
                        if (v.getName().equals(id.getName()) && v.getInitializer() != null) {
                            out.addAll(templates(v.getInitializer(), depth + 1));
                        }
                        return super.visitVariable(v, x);
                    }

                    @Override
                    public Void visitAssignment(AssignmentTree a, Void x) {
                        if (a.getVariable() instanceof IdentifierTree v
                                && v.getName().equals(id.getName())) {
                            out.addAll(templates(a.getExpression(), depth + 1));
                        }
                        return super.visitAssignment(a, x);
                    }
                }.scan(m, null);
            }
            out.removeIf(String::isEmpty);
            return out.isEmpty() || depth > 0 && out.size() > 8 ? List.of("{}") : out;
        }

        /** What the only method of the sources with this name gives back, if it writes messages. */
        private List<String> returned(String name, int depth) {
            List<MethodTree> named = writers.getOrDefault(name, List.of());
            List<String> out = new ArrayList<>();
            if (named.size() == 1 && depth <= DEEPEST) {
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitReturn(ReturnTree r, Void x) {
                        if (!(r.getExpression() instanceof IdentifierTree)) {
                            out.addAll(templates(r.getExpression(), depth));
                        }
                        return null;
                    }
                }.scan(named.getFirst(), null);
            }
            boolean message = out.stream().anyMatch(t -> t.contains(" "));
            return message ? out : List.of("{}");
        }

        /**
         * The format with its conversions as blanks; texts that are chosen among fill a blank as
         * messages of their own.
         */
        private List<String> formatted(MethodInvocationTree call, int depth) {
            List<? extends ExpressionTree> a = call.getArguments();
            int at = a.getFirst() instanceof LiteralTree ? 0 : 1;
            List<String> out = new ArrayList<>();
            if (a.size() > at && a.get(at) instanceof LiteralTree f) {
                out.add(f.getValue().toString().replaceAll("%[-+0-9.]*[a-zA-Z]", "{}"));
                for (ExpressionTree x : a.subList(at + 1, a.size())) {
                    if (x instanceof ConditionalExpressionTree) {
                        out.addAll(templates(x, depth));
                    }
                }
                return out;
            }
            return List.of("{}");
        }
    }

    /** Text as it stands, nothing for null, a blank for a number. */
    private static List<String> literal(Object value) {
        return switch (value) {
            case null -> List.of();
            case String text -> List.of(text);
            case Character c -> List.of(c.toString());
            default -> List.of("{}");
        };
    }

    private static List<String> joined(List<String> left, List<String> right) {
        List<String> out = new ArrayList<>();
        left.forEach(l -> right.forEach(r -> out.add((l + r).replace("{}{}", "{}"))));
        return out;
    }

    private static List<String> both(List<String> left, List<String> right) {
        List<String> out = new ArrayList<>(left);
        out.addAll(right);
        return out;
    }

    private static String lastName(Tree t) {
        String s = t.toString();
        return s.substring(s.lastIndexOf('.') + 1);
    }
}
