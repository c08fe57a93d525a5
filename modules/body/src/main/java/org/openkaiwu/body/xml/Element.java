package org.openkaiwu.body.xml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openkaiwu.math.InputException;

/** An element of an XML file with its attributes, text, children and line. */
public final class Element {
    private final String file;
    private final int line;
    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Element> children = new ArrayList<>();
    private String text = "";

    Element(String file, int line, String name) {
        this.file = file;
        this.line = line;
        this.name = name;
    }

    void attribute(String key, String value) {
        attributes.put(key, value);
    }

    void child(Element child) {
        children.add(child);
    }

    void text(String value) {
        text = value;
    }

    /** Name without prefix. */
    public String name() {
        return name;
    }

    /** File and line, for messages. */
    public String where() {
        return file + ":" + line;
    }

    /** Text directly inside this element. */
    public String text() {
        return text;
    }

    public List<Element> children() {
        return children;
    }

    /** Children of one name. */
    public List<Element> children(String childName) {
        return children.stream().filter(c -> c.name.equals(childName)).toList();
    }

    /** First child of a name. */
    public Optional<Element> child(String childName) {
        return children.stream().filter(c -> c.name.equals(childName)).findFirst();
    }

    /** First child of a name, which must be there. */
    public Element need(String childName) {
        return child(childName)
                .orElseThrow(() -> error("needs a <" + childName + "> element inside"));
    }

    /** Names of the attributes, in the file's order. */
    public Set<String> attributeNames() {
        return Collections.unmodifiableSet(attributes.keySet());
    }

    public boolean has(String key) {
        return attributes.containsKey(key);
    }

    /** An attribute, or the default when it is not there. */
    public String get(String key, String otherwise) {
        return attributes.getOrDefault(key, otherwise);
    }

    /** An attribute that must be there. */
    public String get(String key) {
        String value = attributes.get(key);
        if (value == null) {
            throw error("needs the attribute \"" + key + "\"");
        }
        return value;
    }

    /** A number, or the default when it is not there. */
    public double number(String key, double otherwise) {
        return has(key) ? number(key) : otherwise;
    }

    /** A number that must be there, finite. */
    public double number(String key) {
        return parse(get(key).strip(), key);
    }

    /** Exactly {@code count} numbers that must be there, finite. */
    public double[] numbers(String key, int count) {
        double[] values = parseAll(get(key), key);
        if (values.length != count) {
            throw error(
                    "attribute \"" + key + "\" needs " + count + " numbers, has " + values.length);
        }
        return values;
    }

    /** Exactly {@code count} numbers, or the default when they are not there. */
    public double[] numbers(String key, int count, double... otherwise) {
        return has(key) ? numbers(key, count) : otherwise.clone();
    }

    /** All numbers of the text. */
    public double[] numbersOfText() {
        return parseAll(text, "text");
    }

    private double[] parseAll(String list, String key) {
        String[] words = list.strip().split("\\s+");
        if (words.length == 1 && words[0].isEmpty()) {
            return new double[0];
        }
        double[] values = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            values[i] = parse(words[i], key);
        }
        return values;
    }

    private double parse(String word, String key) {
        double value;
        try {
            value = Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw new InputException(
                    where(), describe(key) + ": \"" + brief(word) + "\" is no number", e);
        }
        if (!Double.isFinite(value)) {
            throw new InputException(where(), describe(key) + ": the number is not finite");
        }
        return value;
    }

    private String describe(String key) {
        return "<" + name + "> " + key;
    }

    private static String brief(String word) {
        return word.length() <= 40 ? word : word.substring(0, 40) + "...";
    }

    /** An error at this element. */
    public InputException error(String message) {
        return new InputException(where(), "<" + name + "> " + message);
    }
}
