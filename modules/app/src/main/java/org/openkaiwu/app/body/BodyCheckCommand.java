package org.openkaiwu.app.body;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openkaiwu.app.env.Languages;
import org.openkaiwu.app.env.Said;
import org.openkaiwu.body.file.BodyFile;
import org.openkaiwu.body.infer.BodyFacts;
import org.openkaiwu.body.infer.Infer;
import org.openkaiwu.math.InputException;
import org.openkaiwu.math.Problem;
import org.openkaiwu.math.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Prints what a robot file holds and what the machine can do. */
@Command(name = "check", mixinStandardHelpOptions = true)
public final class BodyCheckCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", descriptionKey = "body.file")
    private Path file;

    @Option(names = "--json", descriptionKey = "body.json")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        BodyFile body;
        try {
            body = BodyFile.read(file);
        } catch (InputException e) {
            if (!json) {
                throw e;
            }
            out.println(text(Map.of("problems", problems(List.of(e.problem())))));
            return 2;
        }
        if (json) {
            out.println(text(report(body)));
        } else {
            new FactsText(out, Languages.current()).print(body);
        }
        return 0;
    }

    private static String text(Object value) {
        ObjectMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        return mapper.writeValueAsString(value);
    }

    /** The machine-readable report. */
    static Map<String, Object> report(BodyFile body) {
        BodyFacts facts = body.facts();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("nq", body.machine().nq);
        all.put("nv", body.machine().nv);
        all.put("nu", body.machine().nu);
        all.put("nbody", body.machine().nbody);
        all.put("mass", body.machine().mass());
        all.put("base", lower(facts.base()));
        all.put("limbs", facts.limbs().stream().map(BodyCheckCommand::limb).toList());
        all.put("effectors", facts.effectors().stream().map(BodyCheckCommand::effector).toList());
        all.put("feet", facts.feet());
        all.put("wheels", facts.wheels().stream().map(BodyFacts.Wheel::joint).toList());
        all.put("cameras", facts.cameras());
        all.put("abilities", facts.abilities().stream().map(BodyCheckCommand::lower).toList());
        Map<String, Object> cannot = new LinkedHashMap<>();
        Text.Language language = Languages.current();
        Infer.missing(facts).forEach((a, why) -> cannot.put(lower(a), why.in(language)));
        all.put("cannot", cannot);
        all.put("reach_m", facts.totalReach());
        all.put("problems", problems(body.problems()));
        return all;
    }

    private static Map<String, Object> limb(BodyFacts.Limb l) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", l.name());
        one.put("joints", l.joints());
        one.put("tip", l.tip());
        one.put("side", lower(l.side()));
        one.put("kind", lower(l.kind()));
        one.put("reach_m", l.reach());
        one.put("payload_kg", Double.isNaN(l.payload()) ? null : l.payload());
        return one;
    }

    private static Map<String, Object> effector(BodyFacts.Effector e) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", e.name());
        one.put("kind", lower(e.kind()));
        one.put("aperture_m", e.aperture());
        one.put("limb", e.limb());
        one.put("body", e.body());
        one.put("joints", e.joints());
        return one;
    }

    private static List<Map<String, String>> problems(List<Problem> problems) {
        List<Map<String, String>> all = new ArrayList<>();
        for (Problem p : problems) {
            Map<String, String> one = new LinkedHashMap<>();
            one.put("severity", lower(p.severity()));
            one.put("where", p.where());
            one.put("message", Said.message(p));
            all.add(one);
        }
        return all;
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
