CREATE TABLE captures (
    source_uri VARCHAR NOT NULL CHECK (length(source_uri) >= 1),
    document_id VARCHAR NOT NULL CHECK (regexp_full_match(document_id, '[0-9a-f]{64}')),
    url VARCHAR CHECK (length(url) >= 1),
    captured_at TIMESTAMPTZ,
    PRIMARY KEY (source_uri)
);
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
    cleaner_version VARCHAR NOT NULL CHECK (length(cleaner_version) >= 1),
    PRIMARY KEY (document_id)
);
CREATE TABLE repairs (
    document_id VARCHAR NOT NULL CHECK (regexp_full_match(document_id, '[0-9a-f]{64}')),
    position BIGINT NOT NULL CHECK (position >= 0),
    start_char BIGINT NOT NULL CHECK (start_char >= 0),
    end_char BIGINT NOT NULL CHECK (end_char >= 0),
    original VARCHAR NOT NULL,
    reason VARCHAR NOT NULL CHECK (reason IN ('byte_order_mark', 'line_end', 'control', 'mojibake')),
    CONSTRAINT repairs_span_is_ordered CHECK (end_char >= start_char),
    PRIMARY KEY (document_id, position)
);
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
    CONSTRAINT segments_kept_role_is_content CHECK (NOT is_kept OR role IN ('dateline', 'heading', 'paragraph', 'list_item', 'block_quote', 'other')),
    PRIMARY KEY (document_id, position)
);
CREATE TABLE articles (
    article_id VARCHAR NOT NULL CHECK (regexp_full_match(article_id, '[0-9a-f]{64}')),
    title VARCHAR CHECK (length(title) >= 1),
    title_source VARCHAR CHECK (title_source IN ('markup', 'heading', 'first_line', 'repeated_line')),
    author VARCHAR CHECK (length(author) >= 1),
    site VARCHAR CHECK (length(site) >= 1),
    url VARCHAR CHECK (length(url) >= 1),
    published_on DATE,
    published_precision VARCHAR CHECK (published_precision IN ('day', 'month', 'year')),
    published_source VARCHAR CHECK (published_source IN ('json-ld', 'meta', 'markup', 'url', 'byline', 'dateline', 'text')),
    dateline_place VARCHAR CHECK (length(dateline_place) >= 1),
    dateline_date VARCHAR CHECK (regexp_full_match(dateline_date, '([0-9]{4}|-)-[0-9]{2}-[0-9]{2}')),
    language VARCHAR CHECK (regexp_full_match(language, '[a-z]{2,3}')),
    text VARCHAR NOT NULL CHECK (length(text) >= 1),
    word_count BIGINT NOT NULL CHECK (word_count >= 1),
    kept_share DOUBLE NOT NULL CHECK (kept_share >= 0) CHECK (kept_share <= 1),
    is_truncated BOOLEAN NOT NULL,
    story_id VARCHAR CHECK (length(story_id) >= 1),
    CONSTRAINT articles_title_has_source CHECK ((title IS NULL) = (title_source IS NULL)),
    CONSTRAINT articles_published_has_source_and_precision CHECK ((published_on IS NULL) = (published_source IS NULL) AND (published_on IS NULL) = (published_precision IS NULL)),
    PRIMARY KEY (article_id)
);
CREATE TABLE paragraphs (
    article_id VARCHAR NOT NULL CHECK (regexp_full_match(article_id, '[0-9a-f]{64}')),
    position BIGINT NOT NULL CHECK (position >= 0),
    kind VARCHAR NOT NULL CHECK (kind IN ('paragraph', 'heading', 'list_item', 'block_quote')),
    text VARCHAR NOT NULL CHECK (length(text) >= 1),
    start_char BIGINT NOT NULL CHECK (start_char >= 0),
    end_char BIGINT NOT NULL CHECK (end_char >= 0),
    CONSTRAINT paragraphs_span_is_not_empty CHECK (end_char > start_char),
    PRIMARY KEY (article_id, position)
);
CREATE TABLE quotes (
    article_id VARCHAR NOT NULL CHECK (regexp_full_match(article_id, '[0-9a-f]{64}')),
    position BIGINT NOT NULL CHECK (position >= 0),
    text VARCHAR NOT NULL CHECK (length(text) >= 1),
    speaker VARCHAR CHECK (length(speaker) >= 1),
    entity_id VARCHAR CHECK (length(entity_id) >= 1),
    cue VARCHAR CHECK (length(cue) >= 1),
    start_char BIGINT NOT NULL CHECK (start_char >= 0),
    end_char BIGINT NOT NULL CHECK (end_char >= 0),
    rule VARCHAR NOT NULL CHECK (length(rule) >= 1),
    CONSTRAINT quotes_span_is_not_empty CHECK (end_char > start_char),
    PRIMARY KEY (article_id, position)
);
CREATE TABLE quantities (
    article_id VARCHAR NOT NULL CHECK (regexp_full_match(article_id, '[0-9a-f]{64}')),
    position BIGINT NOT NULL CHECK (position >= 0),
    value DOUBLE NOT NULL,
    value_high DOUBLE,
    unit VARCHAR CHECK (length(unit) >= 1),
    subject VARCHAR CHECK (length(subject) >= 1),
    entity_id VARCHAR CHECK (length(entity_id) >= 1),
    hedge VARCHAR CHECK (length(hedge) >= 1),
    sentence VARCHAR NOT NULL CHECK (length(sentence) >= 1),
    start_char BIGINT NOT NULL CHECK (start_char >= 0),
    end_char BIGINT NOT NULL CHECK (end_char >= 0),
    rule VARCHAR NOT NULL CHECK (length(rule) >= 1),
    CONSTRAINT quantities_span_is_not_empty CHECK (end_char > start_char),
    CONSTRAINT quantities_range_is_ordered CHECK (value_high IS NULL OR value_high >= value),
    PRIMARY KEY (article_id, position)
);
CREATE TABLE entities (
    entity_id VARCHAR NOT NULL CHECK (regexp_full_match(entity_id, '[a-z0-9][a-z0-9_-]*')),
    name VARCHAR NOT NULL CHECK (length(name) >= 1),
    kind VARCHAR NOT NULL CHECK (kind IN ('platform', 'company', 'agency', 'outlet', 'organisation', 'person', 'place')),
    aliases VARCHAR[] NOT NULL,
    wikidata_id VARCHAR CHECK (regexp_full_match(wikidata_id, 'Q[1-9][0-9]*')),
    PRIMARY KEY (entity_id)
);
CREATE TABLE mentions (
    article_id VARCHAR NOT NULL CHECK (regexp_full_match(article_id, '[0-9a-f]{64}')),
    position BIGINT NOT NULL CHECK (position >= 0),
    entity_id VARCHAR NOT NULL CHECK (length(entity_id) >= 1),
    surface VARCHAR NOT NULL CHECK (length(surface) >= 1),
    start_char BIGINT NOT NULL CHECK (start_char >= 0),
    end_char BIGINT NOT NULL CHECK (end_char >= 0),
    CONSTRAINT mentions_span_is_not_empty CHECK (end_char > start_char),
    PRIMARY KEY (article_id, position)
);
CREATE TABLE stories (
    story_id VARCHAR NOT NULL CHECK (length(story_id) >= 1),
    article_count BIGINT NOT NULL CHECK (article_count >= 2),
    site_count BIGINT NOT NULL CHECK (site_count >= 0),
    first_published_on DATE,
    last_published_on DATE,
    PRIMARY KEY (story_id)
);
CREATE TABLE story_links (
    article_id VARCHAR NOT NULL CHECK (regexp_full_match(article_id, '[0-9a-f]{64}')),
    other_article_id VARCHAR NOT NULL CHECK (regexp_full_match(other_article_id, '[0-9a-f]{64}')),
    similarity DOUBLE NOT NULL CHECK (similarity >= 0) CHECK (similarity <= 1),
    evidence VARCHAR NOT NULL CHECK (length(evidence) >= 1),
    CONSTRAINT story_links_pair_is_ordered CHECK (article_id < other_article_id),
    PRIMARY KEY (article_id, other_article_id)
);
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
    PRIMARY KEY (source_uri, document_id)
);
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
    CONSTRAINT runs_captures_are_conserved CHECK (status <> 'completed' OR captures_seen = documents_loaded + documents_unchanged + documents_quarantined),
    PRIMARY KEY (run_id)
);
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
