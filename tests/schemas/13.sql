CREATE TABLE captures (
    source_uri VARCHAR NOT NULL CHECK (length(source_uri) >= 1),
    document_id VARCHAR NOT NULL CHECK (regexp_full_match(document_id, '[0-9a-f]{64}')),
    url VARCHAR CHECK (length(url) >= 1),
    captured_at TIMESTAMPTZ
);
COMMENT ON TABLE captures IS 'A place where a document was found; copies of one page share a document.';
COMMENT ON COLUMN captures.source_uri IS 'file, member or record it was read from, as given to the run';
COMMENT ON COLUMN captures.document_id IS 'sha256 of the capture''s bytes, in hex';
COMMENT ON COLUMN captures.url IS 'address of the page, null if not known';
COMMENT ON COLUMN captures.captured_at IS 'when the page was fetched, null if not known';
CREATE TABLE documents (
    document_id VARCHAR NOT NULL CHECK (regexp_full_match(document_id, '[0-9a-f]{64}')),
    source_uri VARCHAR NOT NULL CHECK (length(source_uri) >= 1),
    site VARCHAR CHECK (length(site) >= 1),
    url VARCHAR CHECK (length(url) >= 1),
    media_type VARCHAR NOT NULL CHECK (media_type IN ('text/plain', 'text/html')),
    encoding VARCHAR NOT NULL CHECK (length(encoding) >= 1),
    byte_length BIGINT NOT NULL CHECK (byte_length >= 1),
    text VARCHAR NOT NULL CHECK (length(text) >= 1),
    captured_at TIMESTAMPTZ,
    first_run_id VARCHAR NOT NULL CHECK (regexp_full_match(first_run_id, '[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}')),
    cleaner_version VARCHAR NOT NULL CHECK (length(cleaner_version) >= 1)
);
COMMENT ON TABLE documents IS 'A capture, decoded or rendered to the text that its segments tile.';
COMMENT ON COLUMN documents.document_id IS 'sha256 of the capture''s bytes, in hex';
COMMENT ON COLUMN documents.source_uri IS 'file, member or record it was read from, as given to the run';
COMMENT ON COLUMN documents.site IS 'registrable domain of the address';
COMMENT ON COLUMN documents.url IS 'address of the page, null if not known';
COMMENT ON COLUMN documents.media_type IS 'kind of content, sniffed';
COMMENT ON COLUMN documents.encoding IS 'codec that decoded the bytes, Python''s name';
COMMENT ON COLUMN documents.byte_length IS 'length of the capture in bytes';
COMMENT ON COLUMN documents.text IS 'the decoded or rendered text';
COMMENT ON COLUMN documents.captured_at IS 'when the page was fetched, null if not known';
COMMENT ON COLUMN documents.first_run_id IS 'UTC start of the run and four random hex digits';
COMMENT ON COLUMN documents.cleaner_version IS 'version and digest of the code, reference data and libraries that clean';
CREATE TABLE repairs (
    document_id VARCHAR NOT NULL CHECK (regexp_full_match(document_id, '[0-9a-f]{64}')),
    position BIGINT NOT NULL CHECK (position >= 0),
    start_char BIGINT NOT NULL CHECK (start_char >= 0),
    end_char BIGINT NOT NULL CHECK (end_char >= 0),
    original VARCHAR NOT NULL,
    reason VARCHAR NOT NULL CHECK (reason IN ('byte_order_mark', 'line_end', 'control', 'mojibake', 'entity', 'drop_cap', 'markdown')),
    CONSTRAINT repairs_span_is_ordered CHECK (end_char >= start_char)
);
COMMENT ON TABLE repairs IS 'A piece of a document''s text that differs from what the bytes said, and what they said.';
COMMENT ON COLUMN repairs.document_id IS 'sha256 of the capture''s bytes, in hex';
COMMENT ON COLUMN repairs.position IS 'place in its parent, from 0';
COMMENT ON COLUMN repairs.start_char IS 'where it begins in the parent''s text';
COMMENT ON COLUMN repairs.end_char IS 'where it ends, exclusive';
COMMENT ON COLUMN repairs.original IS 'the characters before the repair';
COMMENT ON COLUMN repairs.reason IS 'what was wrong';
CREATE TABLE segments (
    document_id VARCHAR NOT NULL CHECK (regexp_full_match(document_id, '[0-9a-f]{64}')),
    position BIGINT NOT NULL CHECK (position >= 0),
    start_char BIGINT NOT NULL CHECK (start_char >= 0),
    end_char BIGINT NOT NULL CHECK (end_char >= 0),
    role VARCHAR NOT NULL CHECK (role IN ('title', 'byline', 'dateline', 'published', 'heading', 'paragraph', 'list_item', 'block_quote', 'caption', 'comment_prompt', 'comment', 'navigation', 'related', 'sidebar', 'share', 'author_bio', 'advert', 'legal', 'duplicate', 'blank', 'other')),
    is_kept BOOLEAN NOT NULL,
    rule VARCHAR NOT NULL CHECK (length(rule) >= 1),
    score DOUBLE NOT NULL CHECK (score >= 0) CHECK (score <= 1),
    CONSTRAINT segments_span_is_not_empty CHECK (end_char > start_char),
    CONSTRAINT segments_kept_role_is_content CHECK (NOT is_kept OR role IN ('dateline', 'heading', 'paragraph', 'list_item', 'block_quote', 'comment', 'other'))
);
COMMENT ON TABLE segments IS 'A piece of a document''s text; the segments of a document tile its text.';
COMMENT ON COLUMN segments.document_id IS 'sha256 of the capture''s bytes, in hex';
COMMENT ON COLUMN segments.position IS 'place in its parent, from 0';
COMMENT ON COLUMN segments.start_char IS 'where it begins in the parent''s text';
COMMENT ON COLUMN segments.end_char IS 'where it ends, exclusive';
COMMENT ON COLUMN segments.role IS 'what the piece is on its page';
COMMENT ON COLUMN segments.is_kept IS 'whether it is in the article''s text';
COMMENT ON COLUMN segments.rule IS 'the rule that decided: docs/rules.md';
COMMENT ON COLUMN segments.score IS 'how sure: 0 surely removed, 1 surely kept';
CREATE TABLE articles (
    article_id VARCHAR NOT NULL CHECK (regexp_full_match(article_id, '[0-9a-f]{64}')),
    title VARCHAR CHECK (length(title) >= 1),
    title_source VARCHAR CHECK (title_source IN ('record', 'markup', 'heading', 'first_line', 'repeated_line', 'correction')),
    author VARCHAR CHECK (length(author) >= 1),
    site VARCHAR CHECK (length(site) >= 1),
    url VARCHAR CHECK (length(url) >= 1),
    published_on DATE,
    published_precision VARCHAR CHECK (published_precision IN ('day', 'month', 'year')),
    published_source VARCHAR CHECK (published_source IN ('json-ld', 'meta', 'markup', 'url', 'byline', 'dateline', 'text', 'updated', 'record', 'correction')),
    dateline_place VARCHAR CHECK (length(dateline_place) >= 1),
    dateline_date VARCHAR CHECK (regexp_full_match(dateline_date, '([0-9]{4}|-)-[0-9]{2}-[0-9]{2}')),
    language VARCHAR CHECK (regexp_full_match(language, '[a-z]{2,3}')),
    text VARCHAR NOT NULL CHECK (length(text) >= 1),
    word_count BIGINT NOT NULL CHECK (word_count >= 1),
    kept_share DOUBLE NOT NULL CHECK (kept_share >= 0) CHECK (kept_share <= 1),
    is_truncated BOOLEAN NOT NULL,
    story_id VARCHAR CHECK (length(story_id) >= 1),
    language_confidence DOUBLE CHECK (language_confidence >= 0) CHECK (language_confidence <= 1),
    is_doubtful BOOLEAN NOT NULL,
    doubt VARCHAR CHECK (length(doubt) >= 1),
    CONSTRAINT articles_title_has_source CHECK ((title IS NULL) = (title_source IS NULL)),
    CONSTRAINT articles_published_has_source_and_precision CHECK ((published_on IS NULL) = (published_source IS NULL) AND (published_on IS NULL) = (published_precision IS NULL)),
    CONSTRAINT articles_doubt_has_reason CHECK (is_doubtful = (doubt IS NOT NULL))
);
COMMENT ON TABLE articles IS 'The article that a document holds.';
COMMENT ON COLUMN articles.article_id IS 'the document that holds the article';
COMMENT ON COLUMN articles.title IS 'headline, null if the capture shows none';
COMMENT ON COLUMN articles.title_source IS 'where the title stood';
COMMENT ON COLUMN articles.author IS 'who wrote it, without ''By''';
COMMENT ON COLUMN articles.site IS 'registrable domain of the address';
COMMENT ON COLUMN articles.url IS 'address of the page, null if not known';
COMMENT ON COLUMN articles.published_on IS 'date of publication, null rather than guessed';
COMMENT ON COLUMN articles.published_precision IS 'how much of published_on is known; a month or a year is its first day';
COMMENT ON COLUMN articles.published_source IS 'where the date stood; updated: the page gives the time of its last change alone';
COMMENT ON COLUMN articles.dateline_place IS 'place in the dateline, as written';
COMMENT ON COLUMN articles.dateline_date IS 'date in the dateline: YYYY-MM-DD, or --MM-DD where it gives no year (ISO 8601:2000)';
COMMENT ON COLUMN articles.language IS 'ISO 639 code, und if the detector is unsure';
COMMENT ON COLUMN articles.text IS 'the kept segments, joined: a paragraph a line';
COMMENT ON COLUMN articles.word_count IS 'words in text; a Han, kana or Hangul run counts 2 characters a word';
COMMENT ON COLUMN articles.kept_share IS 'share of the document''s characters in text';
COMMENT ON COLUMN articles.is_truncated IS 'whether the text breaks off before its end';
COMMENT ON COLUMN articles.story_id IS 'story it tells, null if alone';
COMMENT ON COLUMN articles.language_confidence IS 'the detector''s probability for its best guess, null for fewer than 6 words';
COMMENT ON COLUMN articles.is_doubtful IS 'whether the text may be no article';
COMMENT ON COLUMN articles.doubt IS 'why the text may be no article, null if nothing speaks against it';
CREATE TABLE paragraphs (
    article_id VARCHAR NOT NULL CHECK (regexp_full_match(article_id, '[0-9a-f]{64}')),
    position BIGINT NOT NULL CHECK (position >= 0),
    kind VARCHAR NOT NULL CHECK (kind IN ('paragraph', 'heading', 'list_item', 'block_quote')),
    text VARCHAR NOT NULL CHECK (length(text) >= 1),
    start_char BIGINT NOT NULL CHECK (start_char >= 0),
    end_char BIGINT NOT NULL CHECK (end_char >= 0),
    CONSTRAINT paragraphs_span_is_not_empty CHECK (end_char > start_char)
);
COMMENT ON TABLE paragraphs IS 'A paragraph, heading, list item or block quote of an article, a line of its text.';
COMMENT ON COLUMN paragraphs.article_id IS 'the document that holds the article';
COMMENT ON COLUMN paragraphs.position IS 'place in its parent, from 0';
COMMENT ON COLUMN paragraphs.kind IS 'what the line is';
COMMENT ON COLUMN paragraphs.text IS 'the line';
COMMENT ON COLUMN paragraphs.start_char IS 'where it begins in the parent''s text';
COMMENT ON COLUMN paragraphs.end_char IS 'where it ends, exclusive';
CREATE TABLE quotes (
    article_id VARCHAR NOT NULL CHECK (regexp_full_match(article_id, '[0-9a-f]{64}')),
    position BIGINT NOT NULL CHECK (position >= 0),
    text VARCHAR NOT NULL CHECK (length(text) >= 1),
    kind VARCHAR NOT NULL CHECK (kind IN ('statement', 'scare', 'title', 'message')),
    speaker VARCHAR CHECK (length(speaker) >= 1),
    speaker_surface VARCHAR CHECK (length(speaker_surface) >= 1),
    entity_id VARCHAR CHECK (length(entity_id) >= 1),
    relayed_by VARCHAR CHECK (length(relayed_by) >= 1),
    relayed_by_entity_id VARCHAR CHECK (length(relayed_by_entity_id) >= 1),
    cue VARCHAR CHECK (length(cue) >= 1),
    start_char BIGINT NOT NULL CHECK (start_char >= 0),
    end_char BIGINT NOT NULL CHECK (end_char >= 0),
    rule VARCHAR NOT NULL CHECK (length(rule) >= 1),
    CONSTRAINT quotes_span_is_not_empty CHECK (end_char > start_char),
    CONSTRAINT quotes_only_statements_have_speakers CHECK (kind = 'statement' OR (speaker IS NULL AND relayed_by IS NULL))
);
COMMENT ON TABLE quotes IS 'A direct or partial quotation.';
COMMENT ON COLUMN quotes.article_id IS 'the document that holds the article';
COMMENT ON COLUMN quotes.position IS 'place in its parent, from 0';
COMMENT ON COLUMN quotes.text IS 'words between the marks';
COMMENT ON COLUMN quotes.kind IS 'words that someone said or wrote, a term held at a distance, the name of a work, or what a screen or sign shows';
COMMENT ON COLUMN quotes.speaker IS 'who said it, by the fullest name the article gives; null if not certain';
COMMENT ON COLUMN quotes.speaker_surface IS 'the words that stand for the speaker there';
COMMENT ON COLUMN quotes.entity_id IS 'entity it resolves to, null if not known';
COMMENT ON COLUMN quotes.relayed_by IS 'who passes it on, where it comes at second hand';
COMMENT ON COLUMN quotes.relayed_by_entity_id IS 'entity that passes it on';
COMMENT ON COLUMN quotes.cue IS 'word that ties speaker and words';
COMMENT ON COLUMN quotes.start_char IS 'where it begins in the parent''s text';
COMMENT ON COLUMN quotes.end_char IS 'where it ends, exclusive';
COMMENT ON COLUMN quotes.rule IS 'the rule that found it: docs/rules.md';
CREATE TABLE quantities (
    article_id VARCHAR NOT NULL CHECK (regexp_full_match(article_id, '[0-9a-f]{64}')),
    position BIGINT NOT NULL CHECK (position >= 0),
    text VARCHAR NOT NULL CHECK (length(text) >= 1),
    value DOUBLE NOT NULL,
    value_high DOUBLE,
    unit VARCHAR CHECK (length(unit) >= 1),
    counted VARCHAR CHECK (length(counted) >= 1),
    subject VARCHAR CHECK (length(subject) >= 1),
    verb VARCHAR CHECK (length(verb) >= 1),
    entity_id VARCHAR CHECK (length(entity_id) >= 1),
    hedge VARCHAR CHECK (length(hedge) >= 1),
    sentence VARCHAR NOT NULL CHECK (length(sentence) >= 1),
    start_char BIGINT NOT NULL CHECK (start_char >= 0),
    end_char BIGINT NOT NULL CHECK (end_char >= 0),
    rule VARCHAR NOT NULL CHECK (length(rule) >= 1),
    unit_canonical VARCHAR CHECK (length(unit_canonical) >= 1),
    verb_class VARCHAR CHECK (length(verb_class) >= 1),
    bound VARCHAR CHECK (bound IN ('at_least', 'at_most', 'about')),
    year BIGINT CHECK (year >= 1900),
    CONSTRAINT quantities_span_is_not_empty CHECK (end_char > start_char),
    CONSTRAINT quantities_range_is_ordered CHECK (value_high IS NULL OR value_high >= value)
);
COMMENT ON TABLE quantities IS 'A reported figure.';
COMMENT ON COLUMN quantities.article_id IS 'the document that holds the article';
COMMENT ON COLUMN quantities.position IS 'place in its parent, from 0';
COMMENT ON COLUMN quantities.text IS 'the figure as the article has it';
COMMENT ON COLUMN quantities.value IS 'the figure, or the low end of a range';
COMMENT ON COLUMN quantities.value_high IS 'high end of a range';
COMMENT ON COLUMN quantities.unit IS 'unit or counted noun';
COMMENT ON COLUMN quantities.counted IS 'the counted noun with what describes it';
COMMENT ON COLUMN quantities.subject IS 'who or what the sentence says it of, as written';
COMMENT ON COLUMN quantities.verb IS 'how the subject and the figure hang together';
COMMENT ON COLUMN quantities.entity_id IS 'entity it resolves to, null if not known';
COMMENT ON COLUMN quantities.hedge IS 'how exact it claims to be';
COMMENT ON COLUMN quantities.sentence IS 'the sentence that says it';
COMMENT ON COLUMN quantities.start_char IS 'where it begins in the parent''s text';
COMMENT ON COLUMN quantities.end_char IS 'where it ends, exclusive';
COMMENT ON COLUMN quantities.rule IS 'the rule that found it: docs/rules.md';
COMMENT ON COLUMN quantities.unit_canonical IS 'the unit, or the noun in the form that all languages share';
COMMENT ON COLUMN quantities.verb_class IS 'the class of the verb, the same in all languages';
COMMENT ON COLUMN quantities.bound IS 'what the hedge says of the value: it is at least, at most or about it';
COMMENT ON COLUMN quantities.year IS 'the year that its sentence names, if only one';
CREATE TABLE entities (
    entity_id VARCHAR NOT NULL CHECK (regexp_full_match(entity_id, '[a-z0-9][a-z0-9_-]*')),
    name VARCHAR NOT NULL CHECK (length(name) >= 1),
    kind VARCHAR NOT NULL CHECK (kind IN ('platform', 'company', 'agency', 'outlet', 'organisation', 'person', 'place')),
    aliases VARCHAR[] NOT NULL,
    wikidata_id VARCHAR CHECK (regexp_full_match(wikidata_id, 'Q[1-9][0-9]*')),
    is_candidate BOOLEAN NOT NULL
);
COMMENT ON TABLE entities IS 'A known platform, organisation, person or place.';
COMMENT ON COLUMN entities.entity_id IS 'short lasting name';
COMMENT ON COLUMN entities.name IS 'usual English name';
COMMENT ON COLUMN entities.kind IS 'what it is';
COMMENT ON COLUMN entities.aliases IS 'other spellings';
COMMENT ON COLUMN entities.wikidata_id IS 'Wikidata item';
COMMENT ON COLUMN entities.is_candidate IS 'whether an article introduced it by name and role, and no list knows it';
CREATE TABLE mentions (
    article_id VARCHAR NOT NULL CHECK (regexp_full_match(article_id, '[0-9a-f]{64}')),
    position BIGINT NOT NULL CHECK (position >= 0),
    entity_id VARCHAR NOT NULL CHECK (length(entity_id) >= 1),
    surface VARCHAR NOT NULL CHECK (length(surface) >= 1),
    start_char BIGINT NOT NULL CHECK (start_char >= 0),
    end_char BIGINT NOT NULL CHECK (end_char >= 0),
    CONSTRAINT mentions_span_is_not_empty CHECK (end_char > start_char)
);
COMMENT ON TABLE mentions IS 'An entity named in an article.';
COMMENT ON COLUMN mentions.article_id IS 'the document that holds the article';
COMMENT ON COLUMN mentions.position IS 'place in its parent, from 0';
COMMENT ON COLUMN mentions.entity_id IS 'the entity';
COMMENT ON COLUMN mentions.surface IS 'the words as the article has them';
COMMENT ON COLUMN mentions.start_char IS 'where it begins in the parent''s text';
COMMENT ON COLUMN mentions.end_char IS 'where it ends, exclusive';
CREATE TABLE candidates (
    article_id VARCHAR NOT NULL CHECK (regexp_full_match(article_id, '[0-9a-f]{64}')),
    entity_id VARCHAR NOT NULL CHECK (regexp_full_match(entity_id, '[a-z0-9][a-z0-9_-]*')),
    name VARCHAR NOT NULL CHECK (length(name) >= 1)
);
COMMENT ON TABLE candidates IS 'A person whom an article introduces by name and role and no list knows.';
COMMENT ON COLUMN candidates.article_id IS 'the document that holds the article';
COMMENT ON COLUMN candidates.entity_id IS 'made from the name';
COMMENT ON COLUMN candidates.name IS 'the name as the article gives it';
CREATE TABLE story_keys (
    article_id VARCHAR NOT NULL CHECK (regexp_full_match(article_id, '[0-9a-f]{64}')),
    story_key VARCHAR NOT NULL CHECK (regexp_full_match(story_key, '[0-9a-f]{16}'))
);
COMMENT ON TABLE story_keys IS 'A key under which an article is looked up by those that may tell the same events.';
COMMENT ON COLUMN story_keys.article_id IS 'the document that holds the article';
COMMENT ON COLUMN story_keys.story_key IS 'digest of a band of its MinHash, of a passage it quotes, or of rare names, figures or words together';
CREATE TABLE document_corrections (
    document_id VARCHAR NOT NULL CHECK (regexp_full_match(document_id, '[0-9a-f]{64}')),
    position BIGINT NOT NULL CHECK (position >= 0),
    kind VARCHAR NOT NULL CHECK (kind IN ('keep', 'remove', 'title', 'author', 'date')),
    value VARCHAR NOT NULL CHECK (length(value) >= 1),
    made_by VARCHAR NOT NULL CHECK (length(made_by) >= 1),
    made_on DATE,
    reason VARCHAR NOT NULL CHECK (length(reason) >= 1),
    is_applied BOOLEAN NOT NULL,
    detail VARCHAR CHECK (length(detail) >= 1),
    CONSTRAINT document_corrections_fault_is_told CHECK (is_applied = (detail IS NULL))
);
COMMENT ON TABLE document_corrections IS 'What a person decided about a document, from the file of corrections.';
COMMENT ON COLUMN document_corrections.document_id IS 'sha256 of the capture''s bytes, in hex';
COMMENT ON COLUMN document_corrections.position IS 'place in its parent, from 0';
COMMENT ON COLUMN document_corrections.kind IS 'what was decided';
COMMENT ON COLUMN document_corrections.value IS 'the line, which may be cut with an ellipsis, or the title, authors or date';
COMMENT ON COLUMN document_corrections.made_by IS 'who decided';
COMMENT ON COLUMN document_corrections.made_on IS 'when, null if not noted';
COMMENT ON COLUMN document_corrections.reason IS 'why';
COMMENT ON COLUMN document_corrections.is_applied IS 'whether it still applies';
COMMENT ON COLUMN document_corrections.detail IS 'why it does not apply, null if it does';
CREATE TABLE site_pages (
    document_id VARCHAR NOT NULL CHECK (regexp_full_match(document_id, '[0-9a-f]{64}')),
    site VARCHAR NOT NULL CHECK (length(site) >= 1),
    address VARCHAR NOT NULL CHECK (length(address) >= 1),
    captured_at TIMESTAMPTZ,
    texts BIGINT[] NOT NULL,
    places BIGINT[] NOT NULL,
    log_odds BIGINT[] NOT NULL,
    words BIGINT[] NOT NULL,
    cohort VARCHAR CHECK (length(cohort) >= 1),
    memory BIGINT[] NOT NULL
);
COMMENT ON TABLE site_pages IS 'What the memory of a site keeps of a document: numbers for each of its blocks.';
COMMENT ON COLUMN site_pages.document_id IS 'sha256 of the capture''s bytes, in hex';
COMMENT ON COLUMN site_pages.site IS 'domain of the address; else name: and the site''s name, or folder: and where it lies';
COMMENT ON COLUMN site_pages.address IS 'address without a fragment, else the document''s id; documents of one address count once';
COMMENT ON COLUMN site_pages.captured_at IS 'when the page was fetched, null if not known';
COMMENT ON COLUMN site_pages.texts IS 'digests of the normalised texts';
COMMENT ON COLUMN site_pages.places IS 'digests of tags and class words around; 0 without markup';
COMMENT ON COLUMN site_pages.log_odds IS 'the model''s log odds without the memory, in eighths';
COMMENT ON COLUMN site_pages.words IS 'numbers of words';
COMMENT ON COLUMN site_pages.cohort IS 'digest of the documents of its site that it was compared with, null if it stands alone';
COMMENT ON COLUMN site_pages.memory IS 'log odds with the memory, in eighths, by which it was cleaned; empty if the other documents say nothing';
CREATE TABLE site_lines (
    site VARCHAR NOT NULL CHECK (length(site) >= 1),
    line_key BIGINT NOT NULL,
    documents BIGINT NOT NULL CHECK (documents >= 2),
    first_seen_at TIMESTAMPTZ,
    last_seen_at TIMESTAMPTZ
);
COMMENT ON TABLE site_lines IS 'A line that several documents of a site share.';
COMMENT ON COLUMN site_lines.site IS 'the site, as in site_pages';
COMMENT ON COLUMN site_lines.line_key IS 'digest of the normalised line';
COMMENT ON COLUMN site_lines.documents IS 'documents it stands in; those of one address count once';
COMMENT ON COLUMN site_lines.first_seen_at IS 'earliest known capture with it';
COMMENT ON COLUMN site_lines.last_seen_at IS 'latest known capture with it';
CREATE TABLE stories (
    story_id VARCHAR NOT NULL CHECK (length(story_id) >= 1),
    article_count BIGINT NOT NULL CHECK (article_count >= 2),
    site_count BIGINT NOT NULL CHECK (site_count >= 0),
    first_published_on DATE,
    last_published_on DATE
);
COMMENT ON TABLE stories IS 'Articles that tell the same events.';
COMMENT ON COLUMN stories.story_id IS 'lasting name of the story';
COMMENT ON COLUMN stories.article_count IS 'articles in it; versions at one address count once';
COMMENT ON COLUMN stories.site_count IS 'sites among them';
COMMENT ON COLUMN stories.first_published_on IS 'earliest known date';
COMMENT ON COLUMN stories.last_published_on IS 'latest known date';
CREATE TABLE story_links (
    article_id VARCHAR NOT NULL CHECK (regexp_full_match(article_id, '[0-9a-f]{64}')),
    other_article_id VARCHAR NOT NULL CHECK (regexp_full_match(other_article_id, '[0-9a-f]{64}')),
    similarity DOUBLE NOT NULL CHECK (similarity >= 0) CHECK (similarity <= 1),
    evidence VARCHAR NOT NULL CHECK (length(evidence) >= 1),
    is_copy BOOLEAN NOT NULL,
    CONSTRAINT story_links_pair_is_ordered CHECK (article_id < other_article_id)
);
COMMENT ON TABLE story_links IS 'Why two articles share a story.';
COMMENT ON COLUMN story_links.article_id IS 'the document that holds the article';
COMMENT ON COLUMN story_links.other_article_id IS 'the other article';
COMMENT ON COLUMN story_links.similarity IS 'probability that they report the same events; for copies, the share of the shorter text that is in the other one';
COMMENT ON COLUMN story_links.evidence IS 'what they share';
COMMENT ON COLUMN story_links.is_copy IS 'whether they are copies of one text, cut or whole';
CREATE TABLE article_versions (
    url VARCHAR NOT NULL CHECK (length(url) >= 1),
    captured_at TIMESTAMPTZ NOT NULL,
    article_id VARCHAR NOT NULL CHECK (regexp_full_match(article_id, '[0-9a-f]{64}')),
    previous_article_id VARCHAR CHECK (regexp_full_match(previous_article_id, '[0-9a-f]{64}')),
    changes VARCHAR CHECK (length(changes) >= 1),
    previous_title VARCHAR CHECK (length(previous_title) >= 1),
    figures_added VARCHAR[] NOT NULL,
    figures_removed VARCHAR[] NOT NULL,
    quotes_added VARCHAR[] NOT NULL,
    quotes_removed VARCHAR[] NOT NULL,
    correction VARCHAR CHECK (length(correction) >= 1),
    CONSTRAINT article_versions_first_version_has_no_changes CHECK ((previous_article_id IS NULL) = (changes IS NULL))
);
COMMENT ON TABLE article_versions IS 'What an address showed from one capture on, where its captures show more than one text.';
COMMENT ON COLUMN article_versions.url IS 'address of the page, without a fragment';
COMMENT ON COLUMN article_versions.captured_at IS 'first capture that shows this version';
COMMENT ON COLUMN article_versions.article_id IS 'the document that holds the version';
COMMENT ON COLUMN article_versions.previous_article_id IS 'the version before, null for the first';
COMMENT ON COLUMN article_versions.changes IS 'what changed, in words; null for the first version';
COMMENT ON COLUMN article_versions.previous_title IS 'headline before, null if it is the same';
COMMENT ON COLUMN article_versions.figures_added IS 'figures that are new';
COMMENT ON COLUMN article_versions.figures_removed IS 'figures that are gone';
COMMENT ON COLUMN article_versions.quotes_added IS 'quotations that are new';
COMMENT ON COLUMN article_versions.quotes_removed IS 'quotations that are gone';
COMMENT ON COLUMN article_versions.correction IS 'new line that tells of a correction';
CREATE TABLE quarantine (
    source_uri VARCHAR NOT NULL CHECK (length(source_uri) >= 1),
    document_id VARCHAR NOT NULL CHECK (regexp_full_match(document_id, '([0-9a-f]{64})?')),
    run_id VARCHAR NOT NULL CHECK (regexp_full_match(run_id, '[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}')),
    stage VARCHAR NOT NULL CHECK (stage IN ('read', 'decode', 'clean', 'contract')),
    reason VARCHAR NOT NULL CHECK (reason IN ('unreadable', 'truncated', 'bad_member', 'bad_record', 'empty', 'binary', 'unsupported_type', 'too_large', 'too_deep', 'timed_out', 'worker_died', 'cleaner_failed', 'no_article', 'contract_broken')),
    detail VARCHAR NOT NULL CHECK (length(detail) >= 1),
    first_seen_at TIMESTAMPTZ NOT NULL,
    resolved_at TIMESTAMPTZ,
    cleaner_version VARCHAR NOT NULL CHECK (length(cleaner_version) >= 1),
    forgiven_at TIMESTAMPTZ,
    CONSTRAINT quarantine_forgiven_is_resolved CHECK (forgiven_at IS NULL OR resolved_at IS NOT NULL)
);
COMMENT ON TABLE quarantine IS 'What could not be loaded, and why.';
COMMENT ON COLUMN quarantine.source_uri IS 'file, member or record it was read from';
COMMENT ON COLUMN quarantine.document_id IS 'sha256 of the bytes, empty if they could not be read';
COMMENT ON COLUMN quarantine.run_id IS 'UTC start of the run and four random hex digits';
COMMENT ON COLUMN quarantine.stage IS 'where it was refused';
COMMENT ON COLUMN quarantine.reason IS 'why, in a word';
COMMENT ON COLUMN quarantine.detail IS 'why, in a sentence';
COMMENT ON COLUMN quarantine.first_seen_at IS 'when it was first refused';
COMMENT ON COLUMN quarantine.resolved_at IS 'when it was loaded after all, replaced by other bytes or forgiven';
COMMENT ON COLUMN quarantine.cleaner_version IS 'version and digest of the code, reference data and libraries that clean';
COMMENT ON COLUMN quarantine.forgiven_at IS 'when somebody let it rest, null if nobody did';
CREATE TABLE runs (
    run_id VARCHAR NOT NULL CHECK (regexp_full_match(run_id, '[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}')),
    flow VARCHAR NOT NULL CHECK (length(flow) >= 1),
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('completed', 'refused')),
    captures_seen BIGINT NOT NULL CHECK (captures_seen >= 0),
    documents_loaded BIGINT NOT NULL CHECK (documents_loaded >= 0),
    documents_unchanged BIGINT NOT NULL CHECK (documents_unchanged >= 0),
    documents_quarantined BIGINT NOT NULL CHECK (documents_quarantined >= 0),
    records_skipped BIGINT NOT NULL CHECK (records_skipped >= 0),
    versions VARCHAR NOT NULL CHECK (length(versions) >= 2),
    detail VARCHAR CHECK (length(detail) >= 1),
    skipped VARCHAR CHECK (length(skipped) >= 1),
    documents_cleaned_again BIGINT NOT NULL CHECK (documents_cleaned_again >= 0),
    files_unchanged BIGINT NOT NULL CHECK (files_unchanged >= 0),
    CONSTRAINT runs_captures_are_conserved CHECK (status <> 'completed' OR captures_seen = documents_loaded + documents_unchanged + documents_quarantined),
    PRIMARY KEY (run_id)
);
COMMENT ON TABLE runs IS 'A run of a flow.';
COMMENT ON COLUMN runs.run_id IS 'UTC start of the run and four random hex digits';
COMMENT ON COLUMN runs.flow IS 'name of the flow';
COMMENT ON COLUMN runs.started_at IS 'when it began';
COMMENT ON COLUMN runs.finished_at IS 'when it ended';
COMMENT ON COLUMN runs.status IS 'refused: the batch broke a critical rule and was not loaded';
COMMENT ON COLUMN runs.captures_seen IS 'captures read or refused';
COMMENT ON COLUMN runs.documents_loaded IS 'captures whose document is new or was cleaned again';
COMMENT ON COLUMN runs.documents_unchanged IS 'captures whose bytes the warehouse or this run already had';
COMMENT ON COLUMN runs.documents_quarantined IS 'captures refused';
COMMENT ON COLUMN runs.records_skipped IS 'files and records that hold no page and were skipped';
COMMENT ON COLUMN runs.versions IS 'versions of Winnow and its libraries, JSON';
COMMENT ON COLUMN runs.detail IS 'what stopped the load, if anything did';
COMMENT ON COLUMN runs.skipped IS 'what was skipped, by kind';
COMMENT ON COLUMN runs.documents_cleaned_again IS 'documents of earlier runs cleaned again because more is known of their sites';
COMMENT ON COLUMN runs.files_unchanged IS 'files that were not read again, since they had not changed';
CREATE TABLE input_files (
    source_uri VARCHAR NOT NULL CHECK (length(source_uri) >= 1),
    stamp VARCHAR NOT NULL CHECK (length(stamp) >= 1),
    reader_version VARCHAR NOT NULL CHECK (length(reader_version) >= 1),
    captures BIGINT NOT NULL CHECK (captures >= 0),
    held VARCHAR CHECK (length(held) >= 1),
    run_id VARCHAR NOT NULL CHECK (regexp_full_match(run_id, '[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}'))
);
COMMENT ON TABLE input_files IS 'A file that a run has read, as it was then: a run does not read it again until it changes.';
COMMENT ON COLUMN input_files.source_uri IS 'the file, as given to the run';
COMMENT ON COLUMN input_files.stamp IS 'its size in bytes, and the time of its last change in nanoseconds or its ETag';
COMMENT ON COLUMN input_files.reader_version IS 'digest of the code, libraries and options that read it';
COMMENT ON COLUMN input_files.captures IS 'captures in it';
COMMENT ON COLUMN input_files.held IS 'digest of its captures and their documents';
COMMENT ON COLUMN input_files.run_id IS 'UTC start of the run and four random hex digits';
CREATE TABLE expectation_results (
    run_id VARCHAR NOT NULL CHECK (regexp_full_match(run_id, '[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}')),
    suite VARCHAR NOT NULL CHECK (length(suite) >= 1),
    expectation VARCHAR NOT NULL CHECK (length(expectation) >= 1),
    column_name VARCHAR NOT NULL,
    severity VARCHAR NOT NULL CHECK (severity IN ('critical', 'warning')),
    success BOOLEAN NOT NULL,
    observed VARCHAR,
    element_count BIGINT CHECK (element_count >= 0),
    unexpected_count BIGINT CHECK (unexpected_count >= 0),
    sample VARCHAR,
    PRIMARY KEY (run_id, suite, expectation, column_name)
);
COMMENT ON TABLE expectation_results IS 'An expectation checked in a run.';
COMMENT ON COLUMN expectation_results.run_id IS 'the run';
COMMENT ON COLUMN expectation_results.suite IS 'table or batch the suite is for';
COMMENT ON COLUMN expectation_results.expectation IS 'name of the expectation';
COMMENT ON COLUMN expectation_results.column_name IS 'column, empty if it is about the table';
COMMENT ON COLUMN expectation_results.severity IS 'critical in a contract: the row is refused; in a batch rule: the batch';
COMMENT ON COLUMN expectation_results.success IS 'whether it held';
COMMENT ON COLUMN expectation_results.observed IS 'what was seen, JSON';
COMMENT ON COLUMN expectation_results.element_count IS 'values looked at';
COMMENT ON COLUMN expectation_results.unexpected_count IS 'values that broke it';
COMMENT ON COLUMN expectation_results.sample IS 'some of the values that broke it, JSON';
CREATE TABLE run_sites (
    run_id VARCHAR NOT NULL CHECK (regexp_full_match(run_id, '[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}')),
    site VARCHAR NOT NULL,
    articles BIGINT NOT NULL CHECK (articles >= 1),
    kept_share DOUBLE NOT NULL CHECK (kept_share >= 0) CHECK (kept_share <= 1),
    untitled_share DOUBLE NOT NULL CHECK (untitled_share >= 0) CHECK (untitled_share <= 1),
    undated_share DOUBLE NOT NULL CHECK (undated_share >= 0) CHECK (undated_share <= 1),
    PRIMARY KEY (run_id, site)
);
COMMENT ON TABLE run_sites IS 'What a run brought of a site: the history by which later runs are judged.';
COMMENT ON COLUMN run_sites.run_id IS 'the run';
COMMENT ON COLUMN run_sites.site IS 'registrable domain, empty if not known';
COMMENT ON COLUMN run_sites.articles IS 'articles that the warehouse had not seen';
COMMENT ON COLUMN run_sites.kept_share IS 'their mean share kept';
COMMENT ON COLUMN run_sites.untitled_share IS 'share of them without a title';
COMMENT ON COLUMN run_sites.undated_share IS 'share of them without a date';
CREATE TABLE run_languages (
    run_id VARCHAR NOT NULL CHECK (regexp_full_match(run_id, '[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}')),
    language VARCHAR NOT NULL CHECK (regexp_full_match(language, '[a-z]{2,3}')),
    articles BIGINT NOT NULL CHECK (articles >= 1),
    PRIMARY KEY (run_id, language)
);
COMMENT ON TABLE run_languages IS 'What a run brought in a language: the history by which later runs are judged.';
COMMENT ON COLUMN run_languages.run_id IS 'the run';
COMMENT ON COLUMN run_languages.language IS 'ISO 639 code, und if not sure';
COMMENT ON COLUMN run_languages.articles IS 'articles that the warehouse had not seen';
CREATE TABLE schema_versions (
    version BIGINT NOT NULL CHECK (version >= 1),
    about VARCHAR NOT NULL CHECK (length(about) >= 1),
    PRIMARY KEY (version)
);
COMMENT ON TABLE schema_versions IS 'A version of the tables that this file has been brought to; the last one is its own.';
COMMENT ON COLUMN schema_versions.version IS 'number of the version';
COMMENT ON COLUMN schema_versions.about IS 'what it brought';
