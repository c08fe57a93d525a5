package org.openkaiwu.body.xml;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.openkaiwu.math.InputException;

/**
 * Reads an XML file into a tree of {@link Element}s.
 *
 * <p>Document types and with them entities of one's own, inner or external, are refused; so are
 * files above {@value #MAX_BYTES} bytes, {@value #MAX_ELEMENTS} elements or {@value #MAX_DEPTH}
 * levels.
 */
public final class XmlTree {
    /** Larger files are refused. */
    public static final int MAX_BYTES = 64 << 20;

    /** Files with more elements are refused. */
    public static final int MAX_ELEMENTS = 1_000_000;

    /** Elements nested deeper are refused. */
    public static final int MAX_DEPTH = 200;

    private static final Pattern ENCODING =
            Pattern.compile("^\\s*<\\?xml[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");

    private XmlTree() {}

    /**
     * Reads a file.
     *
     * @return the root element
     * @throws InputException when the file can't be read, is no well-formed XML, or is beyond the
     *     limits
     */
    public static Element read(Path file) {
        String where = file.getFileName() == null ? file.toString() : file.getFileName().toString();
        try {
            if (!Files.isRegularFile(file)) {
                throw new InputException(file.toString(), "no such file");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new InputException(
                        where,
                        "file is larger than " + (MAX_BYTES >> 20) + " MB; is it the right one?");
            }
            return read(where, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new InputException(where, "file can't be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads bytes.
     *
     * @param where the file's name, for messages
     * @throws InputException as {@link #read(Path)}
     */
    public static Element read(String where, byte[] bytes) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are not read");
        });
        XMLStreamReader in = null;
        try {
            in = factory.createXMLStreamReader(new StringReader(decode(where, bytes)));
            return tree(where, in);
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
            throw new InputException(where + ":" + line, "no well-formed XML: " + firstLine(e), e);
        } catch (RuntimeException e) {
            if (e instanceof InputException known) {
                throw known;
            }
            // the parser's own failures on damaged input
            throw new InputException(where, "no well-formed XML: " + firstLine(e), e);
        } finally {
            close(in);
        }
    }

    /** Text of the file; strict, since the parser would print damaged text to standard error. */
    private static String decode(String where, byte[] bytes) {
        Charset charset = StandardCharsets.UTF_8;
        int skip = 0;
        int b0 = bytes.length > 1 ? bytes[0] & 0xff : 0;
        int b1 = bytes.length > 1 ? bytes[1] & 0xff : 0;
        if (b0 == 0xfe && b1 == 0xff || b0 == 0xff && b1 == 0xfe) {
            charset = StandardCharsets.UTF_16;
        } else if (bytes.length > 2 && b0 == 0xef && b1 == 0xbb && (bytes[2] & 0xff) == 0xbf) {
            skip = 3;
        } else {
            String head =
                    new String(bytes, 0, Math.min(200, bytes.length), StandardCharsets.ISO_8859_1);
            Matcher declared = ENCODING.matcher(head);
            if (declared.find()) {
                try {
                    charset = Charset.forName(declared.group(1));
                } catch (IllegalArgumentException e) {
                    throw new InputException(
                            where + ":1", "encoding " + declared.group(1) + " is not known", e);
                }
            }
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, skip, bytes.length - skip);
        try {
            return charset.newDecoder().decode(in).toString();
        } catch (CharacterCodingException e) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new InputException(
                    where + ":" + line, "text is no valid " + charset + "; is it damaged?", e);
        }
    }

    private static Element tree(String where, XMLStreamReader in) throws XMLStreamException {
        Deque<Element> open = new ArrayDeque<>();
        Deque<StringBuilder> texts = new ArrayDeque<>();
        Element root = null;
        int count = 0;
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.DTD ->
                        throw new InputException(
                                where + ":" + in.getLocation().getLineNumber(),
                                "document types (DOCTYPE) are not accepted; remove the line");
                case XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new InputException(
                                where + ":" + in.getLocation().getLineNumber(),
                                "unknown entity &" + in.getLocalName() + ";");
                case XMLStreamConstants.START_ELEMENT -> {
                    Element element = start(where, in);
                    if (++count > MAX_ELEMENTS || open.size() >= MAX_DEPTH) {
                        throw element.error(
                                "is beyond what a robot file needs ("
                                        + MAX_ELEMENTS
                                        + " elements, "
                                        + MAX_DEPTH
                                        + " levels)");
                    }
                    if (open.isEmpty()) {
                        root = element;
                    } else {
                        open.peek().child(element);
                    }
                    open.push(element);
                    texts.push(new StringBuilder());
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!in.isWhiteSpace() && !texts.isEmpty()) {
                        texts.peek().append(in.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop().text(texts.pop().toString());
                default -> {}
            }
        }
        if (root == null) {
            throw new InputException(where, "holds no element; is it an XML file?");
        }
        return root;
    }

    private static Element start(String where, XMLStreamReader in) {
        Element element = new Element(where, in.getLocation().getLineNumber(), in.getLocalName());
        for (int i = 0; i < in.getAttributeCount(); i++) {
            element.attribute(in.getAttributeLocalName(i), in.getAttributeValue(i));
        }
        return element;
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int at = message.indexOf("Message: ");
        String said = at < 0 ? message : message.substring(at + 9);
        return said.lines().findFirst().orElse(said);
    }

    private static void close(XMLStreamReader in) {
        if (in != null) {
            try {
                in.close();
            } catch (XMLStreamException e) {
                // the bytes are in memory: there is nothing left to release
                return;
            }
        }
    }
}
