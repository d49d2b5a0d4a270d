// The limit: a WebSocket server that does nothing but write a finished frame to every
// client, from one thread with one epoll loop, one write(2) for each client and frame.
// What is slower than this does something besides.
//
//   server <payload bytes> <send buffer bytes, 0: the kernel's> <file>
//
// The file begins with an int64, which the receiver increments for each frame.
//
// It prints {"addr":"127.0.0.1:<port>"} and takes commands on standard input, each
// answered by one line of JSON; it ends when its input does.
//
//   run full 1    a round of so many frames to all clients, and the next round when
//                 every socket has taken the last and all have received the last but one
//   run paced 60  a frame to all clients so many times a second; a client whose socket
//                 has not taken the last one misses it
//   stop          no more rounds; answered like mark when all is written
//   once          one frame to all clients, at once
//   await 10      answered when so many clients are connected
//   mark          {"cpu_us":…,"sent":<frames>,"writes":<calls>,"stalls":<EAGAIN>,
//                  "resident_bytes":…}
//   collect       the same: there is no garbage
//
// What a client sends is sent back to it, message by message, if it is not larger than
// 60 KiB and the socket takes it at once; otherwise the client is dropped.
//
// A request for a WebSocket is taken to arrive whole, with the key of RFC 6455's
// example, so that its answer is a constant. Frames carry a time stamp behind their
// header: 8 bytes of mark, nanoseconds of CLOCK_MONOTONIC little-endian.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { LISTENER = -1, INPUT = -2, TIMER = -3, MAX_CLIENTS = 1 << 20, READ_BYTES = 64 << 10 };
enum mode { OFF, FULL, PACED };

static const char answer[] =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

static struct client {
  int fd;      // -1: gone
  int open;    // the handshake is made
  int blocked; // epoll tells when the socket takes more
  size_t todo; // bytes of this round that are not written
  char *part;  // of a message that has not come whole; NULL: nothing
  size_t part_size;
} clients[MAX_CLIENTS];

static int ep, listener, timer, count, alive, blocked, stopping, awaited = -1, burst = 1, send_buffer;
static enum mode mode;
static char *frame;
static size_t header, length; // of the frame's header, and of the whole frame
static long long sent, writes, stalls;
static volatile long long *received;

static void fail(const char *what) { perror(what); exit(1); }

static void watch(int op, int fd, unsigned events, int id) {
  struct epoll_event ev = {.events = events, .data.fd = id};
  if (epoll_ctl(ep, op, fd, &ev) < 0) fail("epoll_ctl");
}

static void set_blocked(struct client *c, int on) {
  if (c->blocked == on) return;
  c->blocked = on;
  blocked += on ? 1 : -1;
  if (c->fd >= 0) watch(EPOLL_CTL_MOD, c->fd, on ? EPOLLIN | EPOLLOUT : EPOLLIN, c - clients);
}

static void drop(struct client *c) {
  close(c->fd);
  free(c->part);
  c->part = NULL;
  c->part_size = 0;
  alive -= c->open;
  c->fd = -1;
  c->todo = 0;
  set_blocked(c, 0);
}

// Writes what is left of the round, each frame with a call of its own.
static void write_frames(struct client *c) {
  while (c->todo > 0) {
    size_t left = c->todo % length ? c->todo % length : length;
    ssize_t n = write(c->fd, frame + length - left, left);
    writes++;
    if (n < 0 && errno == EAGAIN) {
      stalls++;
      set_blocked(c, 1);
      return;
    }
    if (n < 0) {
      drop(c);
      return;
    }
    c->todo -= n;
    if (c->todo % length == 0) sent++;
  }
  set_blocked(c, 0);
}

static void round_to_all(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  unsigned long long ns = now.tv_sec * 1000000000ull + now.tv_nsec;
  memcpy(frame + header + 8, &ns, 8);
  for (struct client *c = clients; c < clients + count; c++)
    if (c->open && c->fd >= 0 && c->todo == 0) {
      c->todo = length * burst;
      write_frames(c);
    }
}

static long long resident(void) {
  long long size, pages = 0;
  FILE *f = fopen("/proc/self/statm", "r");
  if (!f || fscanf(f, "%lld %lld", &size, &pages) != 2) fail("/proc/self/statm");
  fclose(f);
  return pages * sysconf(_SC_PAGESIZE);
}

static void mark(void) {
  struct rusage u;
  getrusage(RUSAGE_SELF, &u);
  double us = (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e6 + u.ru_utime.tv_usec + u.ru_stime.tv_usec;
  printf("{\"cpu_us\":%.0f,\"sent\":%lld,\"writes\":%lld,\"stalls\":%lld,\"resident_bytes\":%lld}\n", us,
         sent, writes, stalls, resident());
}

static void set_timer(int hz) {
  struct timespec period = {0, hz ? 1000000000 / hz : 0};
  struct itimerspec spec = {period, period};
  timerfd_settime(timer, 0, &spec, NULL);
}

// Commands come one at a time, each after the answer to the one before.
static void command(void) {
  char line[64];
  int number;
  ssize_t n = read(STDIN_FILENO, line, sizeof line - 1);
  if (n <= 0) exit(0);
  line[n] = 0;
  if (sscanf(line, "run full %d\n", &number) == 1 && number > 0) {
    mode = FULL;
    burst = number;
    puts("{}");
  } else if (sscanf(line, "run paced %d\n", &number) == 1 && number > 0) {
    mode = PACED;
    burst = 1;
    set_timer(number);
    puts("{}");
  } else if (strcmp(line, "stop\n") == 0) {
    mode = OFF;
    set_timer(0);
    stopping = 1;
  } else if (strcmp(line, "once\n") == 0) {
    round_to_all();
    puts("{}");
  } else if (sscanf(line, "await %d\n", &number) == 1 && number >= 0) {
    awaited = number;
  } else if (strcmp(line, "mark\n") == 0 || strcmp(line, "collect\n") == 0) {
    mark();
  } else {
    puts("{\"error\":\"no such command\"}");
  }
}

static void accept_all(void) {
  for (int fd, one = 1; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0; count++) {
    if (count == MAX_CLIENTS) fail("too many clients");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (send_buffer) setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &send_buffer, sizeof send_buffer);
    clients[count] = (struct client){.fd = fd};
    watch(EPOLL_CTL_ADD, fd, EPOLLIN, count);
  }
  if (errno != EAGAIN) fail("accept");
}

// Undoes the masking of RFC 6455 section 5.3.
static void unmask(unsigned char *p, size_t n, const unsigned char key[4]) {
  unsigned long long wide, word;
  memcpy(&wide, key, 4);
  memcpy((char *)&wide + 4, key, 4);
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    memcpy(&word, p + i, 8);
    word ^= wide;
    memcpy(p + i, &word, 8);
  }
  for (; i < n; i++) p[i] ^= key[i & 3];
}

// Sends back the messages that begin b, in place: a header without a key is 4 bytes
// shorter. Returns how many bytes they were, or -1 for a client that is to be dropped.
static ssize_t echo(struct client *c, unsigned char *b, size_t n) {
  size_t used = 0;
  for (;;) {
    unsigned char *p = b + used;
    size_t left = n - used, head = 2, size;
    if (left < 8) return used;
    size = p[1] & 0x7f;
    if (size == 126) head = 4, size = p[2] << 8 | p[3];
    int data = p[0] == 0x81 || p[0] == 0x82; // whole messages only
    if (!data || !(p[1] & 0x80) || size == 127 || size > READ_BYTES - 4096) return -1;
    if (left < head + 4 + size) return used;
    unmask(p + head + 4, size, p + head);
    memmove(p + 4, p, head);
    p[5] &= 0x7f;
    writes++;
    if (write(c->fd, p + 4, head + size) != (ssize_t)(head + size)) return -1;
    sent++;
    used += head + 4 + size;
  }
}

// Keeps what has come of a message for the next read.
static void keep(struct client *c, const unsigned char *b, size_t n) {
  free(c->part);
  c->part = NULL;
  if ((c->part_size = n) == 0) return;
  if (!(c->part = malloc(n))) fail("malloc");
  memcpy(c->part, b, n);
}

static void read_messages(struct client *c) {
  static unsigned char buf[READ_BYTES];
  memcpy(buf, c->part ? c->part : "", c->part_size);
  ssize_t n = read(c->fd, buf + c->part_size, sizeof buf - c->part_size);
  if (n < 0 && errno == EAGAIN) return;
  ssize_t used = n > 0 ? echo(c, buf, c->part_size + n) : -1;
  if (used < 0)
    drop(c);
  else if (c->part_size || (size_t)used < (size_t)n)
    keep(c, buf + used, c->part_size + n - used);
}

static void read_request(struct client *c) {
  static char buf[4096];
  ssize_t n = read(c->fd, buf, sizeof buf);
  if (n < 0 && errno == EAGAIN) return;
  if (n < 4 || memcmp(buf + n - 4, "\r\n\r\n", 4) || write(c->fd, answer, sizeof answer - 1) < 0) {
    drop(c);
    return;
  }
  c->open = 1;
  alive++;
}

static void client_event(struct client *c, unsigned events) {
  if (c->fd >= 0 && events & EPOLLOUT) write_frames(c);
  if (c->fd < 0 || !(events & ~EPOLLOUT)) return;
  if (c->open)
    read_messages(c);
  else
    read_request(c);
}

static void make_frame(size_t payload) {
  header = payload < 126 ? 2 : payload < 65536 ? 4 : 10;
  length = header + payload;
  if (!(frame = malloc(length))) fail("malloc");
  frame[0] = (char)0x82; // the last frame of a binary message (RFC 6455 section 5.2)
  frame[1] = header == 2 ? payload : header == 4 ? 126 : 127;
  for (size_t i = 2; i < header; i++) frame[i] = payload >> 8 * (header - 1 - i);
  for (size_t i = header; i < length; i++) frame[i] = rand() >> 8;
  memcpy(frame + header, "\xf3stamp\x9e\x01", 8);
}

static void listen_anywhere(void) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof at;
  listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (listener < 0 || bind(listener, (void *)&at, size) < 0 || listen(listener, 4096) < 0) fail("listen");
  getsockname(listener, (void *)&at, &size);
  printf("{\"addr\":\"127.0.0.1:%d\"}\n", ntohs(at.sin_port));
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  setvbuf(stdout, NULL, _IOLBF, 0);
  signal(SIGPIPE, SIG_IGN); // write tells of it
  make_frame(strtoul(argv[1], NULL, 10));
  send_buffer = atoi(argv[2]);
  received = mmap(NULL, 4096, PROT_READ, MAP_SHARED, open(argv[3], O_RDONLY), 0);
  if (received == MAP_FAILED) fail(argv[3]);
  ep = epoll_create1(0);
  timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  listen_anywhere();
  watch(EPOLL_CTL_ADD, listener, EPOLLIN, LISTENER);
  watch(EPOLL_CTL_ADD, STDIN_FILENO, EPOLLIN, INPUT);
  watch(EPOLL_CTL_ADD, timer, EPOLLIN, TIMER);
  for (;;) {
    static struct epoll_event events[512];
    unsigned long long expirations;
    if (mode == FULL && blocked == 0) {
      if (sent - *received <= (long long)alive * burst)
        round_to_all();
      else
        usleep(100); // the receiver is behind
    }
    if (stopping && blocked == 0) mark(), stopping = 0;
    if (awaited == alive) puts("{}"), awaited = -1;
    int n = epoll_wait(ep, events, 512, mode == FULL && blocked == 0 ? 0 : -1);
    for (int i = 0; i < n; i++)
      switch (events[i].data.fd) {
      case LISTENER: accept_all(); break;
      case INPUT: command(); break;
      case TIMER:
        if (read(timer, &expirations, 8) == 8 && mode == PACED) round_to_all();
        break;
      default: client_event(&clients[events[i].data.fd], events[i].events);
      }
  }
}
