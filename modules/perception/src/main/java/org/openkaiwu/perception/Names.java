package org.openkaiwu.perception;

import java.util.List;

/**
 * What people call a thing, place or person.
 *
 * @param en English names, the usual one first
 * @param zh Chinese names, the usual one first
 */
public record Names(List<String> en, List<String> zh) {}
