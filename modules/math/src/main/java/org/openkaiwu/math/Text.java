package org.openkaiwu.math;

/** A sentence for a person, in English and Chinese. */
public record Text(String en, String zh) {
    /** The languages that the product speaks. */
    public enum Language {
        EN,
        ZH
    }

    public String in(Language language) {
        return switch (language) {
            case EN -> en;
            case ZH -> zh;
        };
    }
}
